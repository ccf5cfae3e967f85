using CabinMood.Vision.OnnxRuntime;
using CabinMood.Vision.Tests.Support;

namespace CabinMood.Vision.Tests.OnnxRuntime;

public sealed class OnnxSessionTests
{
    [Fact]
    public void A_run_gives_the_nets_answer()
    {
        using var session = Open(TinyOnnx.Identity("x", [1, 3], "y"), "x", [1, 3], ["y"]);
        ReadOnlySpan<float> numbers = [1, -2, 3.5f];
        numbers.CopyTo(session.Input.Data);

        session.Run();

        Assert.Equal(numbers, session.Output(0).Data);
        Assert.Equal([1, 3], session.Output(0).Shape);
    }

    [Fact]
    public void Open_dimensions_are_fixed_at_load()
    {
        var model = TinyOnnx.Identity("x", [1, -1, -1], "y");
        using var small = Open(model, "x", [1, 2, 3], ["y"]);
        using var large = Open(model, "x", [1, 4, 5], ["y"]);

        Assert.Equal([1, 2, 3], small.Output(0).Shape);
        Assert.Equal([1, 4, 5], large.Output(0).Shape);
    }

    [Fact]
    public void Outputs_come_in_the_order_in_which_they_were_asked_for()
    {
        var model = TinyOnnx.Constant("x", [1], ("a", [1], [1]), ("b", [2], [2, 3]));
        using var session = Open(model, "x", [1], ["b", "a"]);

        Assert.Equal([2f, 3f], session.Output(0).Data);
        Assert.Equal([1f], session.Output(1).Data);
    }

    [Fact]
    public void A_run_allocates_nothing()
    {
        using var session = Open(TinyOnnx.Identity("x", [1, 8], "y", "z"), "x", [1, 8], ["y", "z"]);
        session.Run();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            session.Run();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Another_shape_than_the_nets_is_refused_with_both_shapes()
    {
        var exception = Assert.Throws<OnnxRuntimeException>(
            () => Open(TinyOnnx.Identity("x", [1, -1, 3], "y"), "x", [1, 7, 4], ["y"]).Dispose());

        Assert.Equal("tiny.onnx: input x has the shape [1,?,3], but [1,7,4] is needed", exception.Message);
    }

    [Fact]
    public void A_wrong_name_is_refused_with_the_names_that_are_there()
    {
        var model = TinyOnnx.Identity("x", [1], "y", "z");

        Assert.Equal(
            "tiny.onnx: the net has no input picture; it has x",
            Assert.Throws<OnnxRuntimeException>(() => Open(model, "picture", [1], ["y"]).Dispose()).Message);
        Assert.Equal(
            "tiny.onnx: the net has no output boxes; it has y, z",
            Assert.Throws<OnnxRuntimeException>(() => Open(model, "x", [1], ["boxes"]).Dispose()).Message);
    }

    [Fact]
    public void A_truncated_model_is_refused_in_one_line()
    {
        var model = TinyOnnx.Identity("x", [1], "y");

        var exception = Assert.Throws<OnnxRuntimeException>(() => Open(model[..(model.Length / 2)], "x", [1], ["y"]).Dispose());

        Assert.Equal("CreateSession", exception.Call);
        Assert.NotEqual(0, exception.Code);
        Assert.StartsWith("tiny.onnx: ONNX Runtime refused CreateSession", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void After_disposal_neither_the_net_nor_its_memory_can_be_used()
    {
        var session = Open(TinyOnnx.Identity("x", [1], "y"), "x", [1], ["y"]);
        var output = session.Output(0);

        session.Dispose();
        session.Dispose();

        Assert.Throws<ObjectDisposedException>(session.Run);
        Assert.Throws<ObjectDisposedException>(() => output.Data.Length);
    }

    private static OnnxSession Open(byte[] model, string input, long[] shape, string[] outputs) =>
        new("tiny.onnx", model, input, shape, outputs, new OnnxSessionOptions());
}
