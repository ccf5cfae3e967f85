using System.Runtime.InteropServices;

namespace CabinMood.Vision.OnnxRuntime;

/// <summary>
/// One input or output of a session: float32 numbers in native memory that stay at their place for the session's life.
/// Owned by its session; not thread-safe.
/// </summary>
public sealed unsafe class OnnxTensor : IDisposable
{
    /// <summary>ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT.</summary>
    internal const int FloatElement = 1;

    /// <summary>A cache line, and wide enough for every vector load.</summary>
    private const int AlignmentBytes = 64;

    private readonly float* _data;
    private readonly OrtHandle _value;
    private readonly long[] _shape;
    private bool _disposed;

    internal OnnxTensor(OnnxRuntimeEnvironment environment, string name, long[] shape)
    {
        Name = name;
        _shape = shape;
        Length = checked((int)shape.Aggregate(1L, (product, dimension) => product * dimension));
        var bytes = (nuint)Length * sizeof(float);
        _data = (float*)NativeMemory.AlignedAlloc(bytes, AlignmentBytes);
        NativeMemory.Clear(_data, bytes);
        nint value;
        fixed (long* dimensions = shape)
        {
            var status = environment.Api.CreateTensorWithDataAsOrtValue(
                environment.MemoryInfo.Value, _data, bytes, dimensions, (nuint)shape.Length, FloatElement, &value);
            if (status != 0)
            {
                NativeMemory.AlignedFree(_data);
            }

            environment.Api.Check(status, "CreateTensorWithDataAsOrtValue", name);
        }

        _value = new OrtHandle(value, environment.Api.ReleaseValue);
    }

    /// <summary>The tensor's name inside the net.</summary>
    public string Name { get; }

    /// <summary>How many numbers it holds.</summary>
    public int Length { get; }

    /// <summary>The dimensions, outermost first.</summary>
    public ReadOnlySpan<long> Shape => _shape;

    /// <summary>The numbers, in row-major order. Valid until the session is disposed.</summary>
    public Span<float> Data
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return new Span<float>(_data, Length);
        }
    }

    internal nint Value => _value.Value;

    /// <summary>Frees the memory; the session does this.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _value.Dispose();
            NativeMemory.AlignedFree(_data);
        }
    }
}
