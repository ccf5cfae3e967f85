using System.Runtime.InteropServices;

namespace CabinMood.Vision.OnnxRuntime;

/// <summary>ONNX Runtime's function table and its one environment. Lives as long as the process.</summary>
internal sealed unsafe class OnnxRuntimeEnvironment
{
    /// <summary>ORT_LOGGING_LEVEL_FATAL: errors come back as statuses, the library itself shall write nothing.</summary>
    private const int FatalOnly = 4;

    private const int OrtArenaAllocator = 1;
    private const int OrtMemTypeDefault = 0;

    private OnnxRuntimeEnvironment(OrtApi api, OrtHandle environment, OrtHandle memoryInfo, nint allocator, string libraryVersion, string location)
    {
        Api = api;
        Handle = environment;
        MemoryInfo = memoryInfo;
        Allocator = allocator;
        LibraryVersion = libraryVersion;
        Location = location;
    }

    public OrtApi Api { get; }

    public OrtHandle Handle { get; }

    /// <summary>Says that tensor data lies in ordinary memory.</summary>
    public OrtHandle MemoryInfo { get; }

    /// <summary>The default allocator: owns the names that the library hands out. Must not be released.</summary>
    public nint Allocator { get; }

    public string LibraryVersion { get; }

    public string Location { get; }

    public static OnnxRuntimeEnvironment Create(nint library, string location)
    {
        if (!NativeLibrary.TryGetExport(library, "OrtGetApiBase", out var getApiBase))
        {
            throw new OnnxRuntimeException($"{location} is no ONNX Runtime: it has no OrtGetApiBase.");
        }

        // struct OrtApiBase { const OrtApi* GetApi(uint32_t); const char* GetVersionString(); }
        var apiBase = ((delegate* unmanaged[Cdecl]<void**>)getApiBase)();
        var version = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged[Cdecl]<byte*>)apiBase[1])()) ?? "";
        var table = ((delegate* unmanaged[Cdecl]<uint, void**>)apiBase[0])(OrtApi.Version);
        if (table is null)
        {
            throw new OnnxRuntimeException($"{location} (ONNX Runtime {version}) is too old: API version {OrtApi.Version} is needed.");
        }

        var api = new OrtApi(table);
        nint environment;
        fixed (byte* name = "cabinmood\0"u8)
        {
            api.Check(api.CreateEnv(FatalOnly, name, &environment), "CreateEnv");
        }

        var handle = new OrtHandle(environment, api.ReleaseEnv);
        api.Check(api.DisableTelemetryEvents(environment), "DisableTelemetryEvents");
        nint memoryInfo;
        api.Check(api.CreateCpuMemoryInfo(OrtArenaAllocator, OrtMemTypeDefault, &memoryInfo), "CreateCpuMemoryInfo");
        nint allocator;
        api.Check(api.GetAllocatorWithDefaultOptions(&allocator), "GetAllocatorWithDefaultOptions");
        return new OnnxRuntimeEnvironment(api, handle, new OrtHandle(memoryInfo, api.ReleaseMemoryInfo), allocator, version, location);
    }
}
