using System.Runtime.InteropServices;
using System.Text;

namespace CabinMood.Vision.OnnxRuntime;

/// <summary>
/// One net with one input, fixed to one shape, with its input and outputs allocated once.
/// Write <see cref="Input"/>, call <see cref="Run"/>, read <see cref="Output"/>. Not thread-safe; independent sessions are.
/// </summary>
public sealed unsafe class OnnxSession : IDisposable
{
    private readonly OnnxRuntimeEnvironment _environment;
    private readonly string _name;
    private readonly OrtHandle _session;
    private readonly OnnxTensor[] _outputs;

    // What Run is called with: [input name][output names...] and [input value][output values...].
    private readonly byte** _names;
    private readonly nint* _values;
    private bool _disposed;

    /// <summary>Loads a net and runs it once, so that a net that cannot run is refused here and not in the car.</summary>
    /// <param name="name">What error messages call the net, such as its file's name.</param>
    /// <param name="model">The ONNX file's bytes; not kept.</param>
    /// <param name="inputName">The input's name inside the net.</param>
    /// <param name="inputShape">The input's dimensions; those that the net leaves open are fixed by it.</param>
    /// <param name="outputNames">The outputs wanted, by their names inside the net; others are not computed where possible.</param>
    /// <param name="options">How it runs.</param>
    /// <exception cref="OnnxRuntimeException">The library is missing, the model broken, or a name or shape does not fit.</exception>
    public OnnxSession(
        string name,
        ReadOnlySpan<byte> model,
        string inputName,
        ReadOnlySpan<long> inputShape,
        ReadOnlySpan<string> outputNames,
        OnnxSessionOptions options)
    {
        _environment = OnnxRuntimeLibrary.Environment;
        _name = name;
        _session = CreateSession(model, options);
        _outputs = new OnnxTensor[outputNames.Length];
        _names = (byte**)NativeMemory.AllocZeroed((nuint)(1 + outputNames.Length), (nuint)sizeof(byte*));
        _values = (nint*)NativeMemory.AllocZeroed((nuint)(1 + outputNames.Length), (nuint)sizeof(nint));
        try
        {
            var inspection = new SessionInspection(_environment, _session, name);
            inspection.CheckInput(inputName, inputShape);
            Input = new OnnxTensor(_environment, inputName, inputShape.ToArray());
            _names[0] = NativeUtf8(inputName);
            _values[0] = Input.Value;
            for (var i = 0; i < outputNames.Length; i++)
            {
                inspection.CheckOutput(outputNames[i]);
                _names[1 + i] = NativeUtf8(outputNames[i]);
            }

            AllocateOutputs(outputNames);
            Run();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The input's numbers, to be written before <see cref="Run"/>.</summary>
    public OnnxTensor Input { get; } = null!;

    /// <summary>The outputs, in the order in which they were asked for; overwritten by every <see cref="Run"/>.</summary>
    public OnnxTensor Output(int index) => _outputs[index];

    /// <summary>Runs the net. Allocates nothing on the managed heap.</summary>
    /// <exception cref="OnnxRuntimeException">The net failed.</exception>
    public void Run()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var status = _environment.Api.Run(
            _session.Value, 0, _names, _values, 1, _names + 1, (nuint)_outputs.Length, _values + 1);
        _environment.Api.Check(status, "Run", _name);
    }

    /// <summary>Releases the net and its tensors.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _session.Dispose();
        Input?.Dispose();
        foreach (var output in _outputs)
        {
            output?.Dispose();
        }

        for (var i = 0; i <= _outputs.Length; i++)
        {
            NativeMemory.Free(_names[i]);
        }

        NativeMemory.Free(_names);
        NativeMemory.Free(_values);
    }

    private static byte* NativeUtf8(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var native = (byte*)NativeMemory.AllocZeroed((nuint)length + 1);
        Encoding.UTF8.GetBytes(text, new Span<byte>(native, length));
        return native;
    }

    private OrtHandle CreateSession(ReadOnlySpan<byte> model, OnnxSessionOptions options)
    {
        // ORT_ENABLE_ALL: layout changes and fusions as well, found once at load.
        const int allOptimisations = 99;
        var api = _environment.Api;
        nint created;
        api.Check(api.CreateSessionOptions(&created), "CreateSessionOptions");
        using var native = new OrtHandle(created, api.ReleaseSessionOptions);
        api.Check(api.SetSessionGraphOptimizationLevel(native.Value, allOptimisations), "SetSessionGraphOptimizationLevel");
        api.Check(api.SetIntraOpNumThreads(native.Value, options.IntraOpThreads), "SetIntraOpNumThreads");
        api.Check(api.SetInterOpNumThreads(native.Value, 1), "SetInterOpNumThreads");
        fixed (byte* key = "session.intra_op.allow_spinning\0"u8, yes = "1\0"u8, no = "0\0"u8)
        {
            api.Check(api.AddSessionConfigEntry(native.Value, key, options.AllowSpinning ? yes : no), "AddSessionConfigEntry");
        }

        nint session;
        fixed (byte* bytes = model)
        {
            api.Check(
                api.CreateSessionFromArray(_environment.Handle.Value, bytes, (nuint)model.Length, native.Value, &session),
                "CreateSession",
                _name);
        }

        return new OrtHandle(session, api.ReleaseSession);
    }

    /// <summary>
    /// Lets the library allocate the outputs of one run to learn their shapes, which it does not tell beforehand for nets
    /// with open dimensions, and then allocates them for good.
    /// </summary>
    private void AllocateOutputs(ReadOnlySpan<string> outputNames)
    {
        var api = _environment.Api;
        Run();
        for (var i = 0; i < outputNames.Length; i++)
        {
            using var probe = new OrtHandle(_values[1 + i], api.ReleaseValue);
            _values[1 + i] = 0;
            nint info;
            api.Check(api.GetTensorTypeAndShape(probe.Value, &info), "GetTensorTypeAndShape", _name);
            using var shape = new OrtHandle(info, api.ReleaseTensorTypeAndShapeInfo);
            _outputs[i] = new OnnxTensor(_environment, outputNames[i], SessionInspection.Dimensions(api, shape.Value));
            _values[1 + i] = _outputs[i].Value;
        }
    }
}
