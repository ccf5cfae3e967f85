namespace CabinMood.Vision.OnnxRuntime;

/// <summary>ONNX Runtime could not be found or refused a call; the message is one line.</summary>
public sealed class OnnxRuntimeException : Exception
{
    internal OnnxRuntimeException(string message, string call = "", int code = 0, Exception? innerException = null)
        : base(message, innerException)
    {
        Call = call;
        Code = code;
    }

    /// <summary>The C function that failed; empty when the library itself is the trouble.</summary>
    public string Call { get; }

    /// <summary>OrtErrorCode; 0 when the library itself is the trouble.</summary>
    public int Code { get; }
}
