using System.Runtime.InteropServices;

namespace CabinMood.Vision.OnnxRuntime;

/// <summary>
/// The part of ONNX Runtime's C API that CabinMood uses: functions by their index in the OrtApi table. The table only
/// ever grows at its end; the indices are those that the static_asserts in onnxruntime_c_api.h fix.
/// </summary>
internal sealed unsafe class OrtApi
{
    /// <summary>OrtApi version asked for: low enough for the libraries of current distributions.</summary>
    public const uint Version = 14;

    private readonly void** _table;

    public OrtApi(void** table) => _table = table;

    public delegate* unmanaged[Cdecl]<nint, int> GetErrorCode => (delegate* unmanaged[Cdecl]<nint, int>)_table[1];

    public delegate* unmanaged[Cdecl]<nint, byte*> GetErrorMessage => (delegate* unmanaged[Cdecl]<nint, byte*>)_table[2];

    public delegate* unmanaged[Cdecl]<int, byte*, nint*, nint> CreateEnv => (delegate* unmanaged[Cdecl]<int, byte*, nint*, nint>)_table[3];

    public delegate* unmanaged[Cdecl]<nint, nint> DisableTelemetryEvents => (delegate* unmanaged[Cdecl]<nint, nint>)_table[6];

    public delegate* unmanaged[Cdecl]<nint, void*, nuint, nint, nint*, nint> CreateSessionFromArray =>
        (delegate* unmanaged[Cdecl]<nint, void*, nuint, nint, nint*, nint>)_table[8];

    public delegate* unmanaged[Cdecl]<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint> Run =>
        (delegate* unmanaged[Cdecl]<nint, nint, byte**, nint*, nuint, byte**, nuint, nint*, nint>)_table[9];

    public delegate* unmanaged[Cdecl]<nint*, nint> CreateSessionOptions => (delegate* unmanaged[Cdecl]<nint*, nint>)_table[10];

    public delegate* unmanaged[Cdecl]<nint, int, nint> SetSessionGraphOptimizationLevel => (delegate* unmanaged[Cdecl]<nint, int, nint>)_table[23];

    public delegate* unmanaged[Cdecl]<nint, int, nint> SetIntraOpNumThreads => (delegate* unmanaged[Cdecl]<nint, int, nint>)_table[24];

    public delegate* unmanaged[Cdecl]<nint, int, nint> SetInterOpNumThreads => (delegate* unmanaged[Cdecl]<nint, int, nint>)_table[25];

    public delegate* unmanaged[Cdecl]<nint, nuint*, nint> SessionGetInputCount => (delegate* unmanaged[Cdecl]<nint, nuint*, nint>)_table[30];

    public delegate* unmanaged[Cdecl]<nint, nuint*, nint> SessionGetOutputCount => (delegate* unmanaged[Cdecl]<nint, nuint*, nint>)_table[31];

    public delegate* unmanaged[Cdecl]<nint, nuint, nint*, nint> SessionGetInputTypeInfo => (delegate* unmanaged[Cdecl]<nint, nuint, nint*, nint>)_table[33];

    public delegate* unmanaged[Cdecl]<nint, nuint, nint*, nint> SessionGetOutputTypeInfo => (delegate* unmanaged[Cdecl]<nint, nuint, nint*, nint>)_table[34];

    public delegate* unmanaged[Cdecl]<nint, nuint, nint, byte**, nint> SessionGetInputName => (delegate* unmanaged[Cdecl]<nint, nuint, nint, byte**, nint>)_table[36];

    public delegate* unmanaged[Cdecl]<nint, nuint, nint, byte**, nint> SessionGetOutputName => (delegate* unmanaged[Cdecl]<nint, nuint, nint, byte**, nint>)_table[37];

    public delegate* unmanaged[Cdecl]<nint, void*, nuint, long*, nuint, int, nint*, nint> CreateTensorWithDataAsOrtValue =>
        (delegate* unmanaged[Cdecl]<nint, void*, nuint, long*, nuint, int, nint*, nint>)_table[49];

    public delegate* unmanaged[Cdecl]<nint, nint*, nint> CastTypeInfoToTensorInfo => (delegate* unmanaged[Cdecl]<nint, nint*, nint>)_table[55];

    public delegate* unmanaged[Cdecl]<nint, int*, nint> GetTensorElementType => (delegate* unmanaged[Cdecl]<nint, int*, nint>)_table[60];

    public delegate* unmanaged[Cdecl]<nint, nuint*, nint> GetDimensionsCount => (delegate* unmanaged[Cdecl]<nint, nuint*, nint>)_table[61];

    public delegate* unmanaged[Cdecl]<nint, long*, nuint, nint> GetDimensions => (delegate* unmanaged[Cdecl]<nint, long*, nuint, nint>)_table[62];

    public delegate* unmanaged[Cdecl]<nint, nint*, nint> GetTensorTypeAndShape => (delegate* unmanaged[Cdecl]<nint, nint*, nint>)_table[65];

    public delegate* unmanaged[Cdecl]<int, int, nint*, nint> CreateCpuMemoryInfo => (delegate* unmanaged[Cdecl]<int, int, nint*, nint>)_table[69];

    public delegate* unmanaged[Cdecl]<nint, void*, nint> AllocatorFree => (delegate* unmanaged[Cdecl]<nint, void*, nint>)_table[76];

    public delegate* unmanaged[Cdecl]<nint*, nint> GetAllocatorWithDefaultOptions => (delegate* unmanaged[Cdecl]<nint*, nint>)_table[78];

    public delegate* unmanaged[Cdecl]<nint, void> ReleaseEnv => Release(92);

    public delegate* unmanaged[Cdecl]<nint, void> ReleaseStatus => Release(93);

    public delegate* unmanaged[Cdecl]<nint, void> ReleaseMemoryInfo => Release(94);

    public delegate* unmanaged[Cdecl]<nint, void> ReleaseSession => Release(95);

    public delegate* unmanaged[Cdecl]<nint, void> ReleaseValue => Release(96);

    public delegate* unmanaged[Cdecl]<nint, void> ReleaseTypeInfo => Release(98);

    public delegate* unmanaged[Cdecl]<nint, void> ReleaseTensorTypeAndShapeInfo => Release(99);

    public delegate* unmanaged[Cdecl]<nint, void> ReleaseSessionOptions => Release(100);

    public delegate* unmanaged[Cdecl]<nint, byte*, byte*, nint> AddSessionConfigEntry => (delegate* unmanaged[Cdecl]<nint, byte*, byte*, nint>)_table[130];

    /// <summary>Throws when a call gave a status, and frees the status.</summary>
    /// <param name="status">What the call returned; zero is success.</param>
    /// <param name="call">The C function's name.</param>
    /// <param name="subject">What the call was about: a model's name, or empty.</param>
    public void Check(nint status, string call, string subject = "")
    {
        if (status != 0)
        {
            Throw(status, call, subject);
        }
    }

    private void Throw(nint status, string call, string subject)
    {
        var code = GetErrorCode(status);
        // The texts have several lines, with source positions: only the first is for people.
        var text = Marshal.PtrToStringUTF8((nint)GetErrorMessage(status)) ?? "";
        var line = text.Split('\n', 2)[0].Trim();
        ReleaseStatus(status);
        var prefix = subject.Length > 0 ? $"{subject}: " : "";
        throw new OnnxRuntimeException($"{prefix}ONNX Runtime refused {call} (code {code}): {line}", call, code);
    }

    private delegate* unmanaged[Cdecl]<nint, void> Release(int index) => (delegate* unmanaged[Cdecl]<nint, void>)_table[index];
}
