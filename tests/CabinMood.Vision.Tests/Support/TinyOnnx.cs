using System.Text;

namespace CabinMood.Vision.Tests.Support;

/// <summary>
/// Writes the smallest ONNX files that the bindings' tests need: one input, and outputs that are Identity copies of it,
/// or constants. Field numbers are those of onnx.proto3.
/// </summary>
internal static class TinyOnnx
{
    /// <summary>Every output is the input.</summary>
    /// <param name="input">The input's name.</param>
    /// <param name="shape">Dimensions; -1 is an open one.</param>
    /// <param name="outputs">The outputs' names.</param>
    public static byte[] Identity(string input, int[] shape, params string[] outputs)
    {
        var nodes = outputs.SelectMany(output => Message(1, [.. Text(1, input), .. Text(2, output), .. Text(4, "Identity")]));
        return Model([
            .. nodes,
            .. Text(2, "tiny"),
            .. Message(11, Value(input, shape)),
            .. outputs.SelectMany(output => Message(12, Value(output, shape)))]);
    }

    /// <summary>Takes a picture and gives the same numbers for every one.</summary>
    /// <param name="input">The input's name.</param>
    /// <param name="shape">The picture's dimensions; -1 is an open one.</param>
    /// <param name="outputs">The outputs' names, shapes and numbers.</param>
    public static byte[] Constant(string input, int[] shape, params (string Name, int[] Shape, float[] Numbers)[] outputs)
    {
        var body = new List<byte>();
        foreach (var (name, _, _) in outputs)
        {
            // y = constant + 0 * mean(picture): the graph must use its input.
            body.AddRange(Message(1, [.. Text(1, "nothing"), .. Text(1, $"{name}.constant"), .. Text(2, name), .. Text(4, "Add")]));
        }

        byte[] mean = [.. Message(1, [.. Text(1, input), .. Text(2, "mean"), .. Text(4, "ReduceMean"), .. KeepNoDimensions()])];
        byte[] nothing = [.. Message(1, [.. Text(1, "mean"), .. Text(1, "zero"), .. Text(2, "nothing"), .. Text(4, "Mul")])];
        return Model([
            .. mean,
            .. nothing,
            .. body,
            .. Text(2, "tiny"),
            .. Message(5, Tensor("zero", [], [0])),
            .. outputs.SelectMany(output => Message(5, Tensor($"{output.Name}.constant", output.Shape, output.Numbers))),
            .. Message(11, Value(input, shape)),
            .. outputs.SelectMany(output => Message(12, Value(output.Name, output.Shape)))]);
    }

    private static byte[] Model(byte[] graph) => [
        .. Number(1, 8), // IR version
        .. Message(8, [.. Text(1, ""), .. Number(2, 13)]), // operator set
        .. Message(7, graph)];

    /// <summary>Attribute keepdims = 0.</summary>
    private static byte[] KeepNoDimensions() => Message(5, [.. Text(1, "keepdims"), .. Number(3, 0), .. Number(20, 2)]);

    private static byte[] Value(string name, int[] shape) => [
        .. Text(1, name),
        .. Message(2, Message(1, [
            .. Number(1, 1), // float
            .. Message(2, [.. shape.SelectMany((length, index) =>
                Message(1, length < 0 ? Text(2, $"open{index}") : Number(1, (ulong)length)))])]))];

    private static byte[] Tensor(string name, int[] shape, float[] numbers) => [
        .. shape.SelectMany(length => Number(1, (ulong)length)),
        .. Number(2, 1), // float
        .. Text(8, name),
        .. Message(9, [.. numbers.SelectMany(BitConverter.GetBytes)])];

    private static byte[] Text(int field, string text) => Message(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Message(int field, byte[] body) => [.. Varint(((ulong)field << 3) | 2), .. Varint((ulong)body.Length), .. body];

    private static byte[] Number(int field, ulong value) => [.. Varint((ulong)field << 3), .. Varint(value)];

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
        return [.. bytes];
    }
}
