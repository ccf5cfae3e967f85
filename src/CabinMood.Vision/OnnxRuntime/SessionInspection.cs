using System.Runtime.InteropServices;

namespace CabinMood.Vision.OnnxRuntime;

/// <summary>Compares what a net has with what its card says, and names the difference.</summary>
internal sealed unsafe class SessionInspection
{
    private readonly OnnxRuntimeEnvironment _environment;
    private readonly OrtHandle _session;
    private readonly string _name;

    public SessionInspection(OnnxRuntimeEnvironment environment, OrtHandle session, string name)
    {
        _environment = environment;
        _session = session;
        _name = name;
    }

    private OrtApi Api => _environment.Api;

    public void CheckInput(string inputName, ReadOnlySpan<long> shape)
    {
        nuint count;
        Api.Check(Api.SessionGetInputCount(_session.Value, &count), "SessionGetInputCount", _name);
        if (count != 1)
        {
            throw new OnnxRuntimeException($"{_name}: the net has {count} inputs, but one is needed");
        }

        var actualName = InputName(0);
        if (actualName != inputName)
        {
            throw new OnnxRuntimeException($"{_name}: the net has no input {inputName}; it has {actualName}");
        }

        nint typeInfo;
        Api.Check(Api.SessionGetInputTypeInfo(_session.Value, 0, &typeInfo), "SessionGetInputTypeInfo", _name);
        var dimensions = FloatDimensions(typeInfo, inputName);
        var fits = dimensions.Length == shape.Length;
        for (var i = 0; fits && i < shape.Length; i++)
        {
            // An open dimension is -1.
            fits = dimensions[i] < 0 || dimensions[i] == shape[i];
        }

        if (!fits)
        {
            throw new OnnxRuntimeException($"{_name}: input {inputName} has the shape {Text(dimensions)}, but {Text(shape)} is needed");
        }
    }

    public void CheckOutput(string outputName)
    {
        nuint count;
        Api.Check(Api.SessionGetOutputCount(_session.Value, &count), "SessionGetOutputCount", _name);
        var names = new string[count];
        for (nuint i = 0; i < count; i++)
        {
            names[i] = OutputName(i);
            if (names[i] != outputName)
            {
                continue;
            }

            nint typeInfo;
            Api.Check(Api.SessionGetOutputTypeInfo(_session.Value, i, &typeInfo), "SessionGetOutputTypeInfo", _name);
            FloatDimensions(typeInfo, outputName);
            return;
        }

        throw new OnnxRuntimeException($"{_name}: the net has no output {outputName}; it has {string.Join(", ", names)}");
    }

    public static long[] Dimensions(OrtApi api, nint shapeInfo)
    {
        nuint count;
        api.Check(api.GetDimensionsCount(shapeInfo, &count), "GetDimensionsCount");
        var dimensions = new long[count];
        fixed (long* values = dimensions)
        {
            api.Check(api.GetDimensions(shapeInfo, values, count), "GetDimensions");
        }

        return dimensions;
    }

    private static string Text(ReadOnlySpan<long> dimensions)
    {
        var parts = new string[dimensions.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = dimensions[i] < 0 ? "?" : dimensions[i].ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return $"[{string.Join(',', parts)}]";
    }

    private long[] FloatDimensions(nint typeInfo, string tensorName)
    {
        using var owner = new OrtHandle(typeInfo, Api.ReleaseTypeInfo);
        // The tensor info is a view into the type info, and null for what is no tensor.
        nint tensorInfo;
        Api.Check(Api.CastTypeInfoToTensorInfo(typeInfo, &tensorInfo), "CastTypeInfoToTensorInfo", _name);
        var element = 0;
        if (tensorInfo != 0)
        {
            Api.Check(Api.GetTensorElementType(tensorInfo, &element), "GetTensorElementType", _name);
        }

        return element == OnnxTensor.FloatElement
            ? Dimensions(Api, tensorInfo)
            : throw new OnnxRuntimeException($"{_name}: {tensorName} is no tensor of float32");
    }

    private string InputName(nuint index)
    {
        byte* name;
        Api.Check(Api.SessionGetInputName(_session.Value, index, _environment.Allocator, &name), "SessionGetInputName", _name);
        return Take(name);
    }

    private string OutputName(nuint index)
    {
        byte* name;
        Api.Check(Api.SessionGetOutputName(_session.Value, index, _environment.Allocator, &name), "SessionGetOutputName", _name);
        return Take(name);
    }

    private string Take(byte* name)
    {
        var text = Marshal.PtrToStringUTF8((nint)name) ?? "";
        Api.Check(Api.AllocatorFree(_environment.Allocator, name), "AllocatorFree", _name);
        return text;
    }
}
