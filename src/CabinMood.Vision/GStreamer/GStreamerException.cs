namespace CabinMood.Vision.GStreamer;

/// <summary>GStreamer could not be found or refused a call; the message is one line.</summary>
public sealed class GStreamerException : Exception
{
    internal GStreamerException(string message, string call = "", string domain = "", int code = 0, Exception? innerException = null)
        : base(message, innerException)
    {
        Call = call;
        Domain = domain;
        Code = code;
    }

    /// <summary>The C function that failed, or the element that reported the failure.</summary>
    public string Call { get; }

    /// <summary>The error's domain, such as <c>gst-resource-error-quark</c>; empty when the library itself is the trouble.</summary>
    public string Domain { get; }

    /// <summary>The error's number within its domain.</summary>
    public int Code { get; }
}
