namespace CabinMood.Messaging.Mosquitto;

/// <summary>A call into libmosquitto failed.</summary>
public sealed class MosquittoException : Exception
{
    /// <summary>Names the call, its code, and what it means.</summary>
    /// <param name="call">The native function.</param>
    /// <param name="code">What it returned, a <c>MOSQ_ERR_</c> value.</param>
    /// <param name="message">One line for a person.</param>
    public MosquittoException(string call, int code, string message)
        : base($"{call}: {message} ({code})")
    {
        Call = call;
        Code = code;
    }

    /// <summary>The native function.</summary>
    public string Call { get; }

    /// <summary>What it returned, a <c>MOSQ_ERR_</c> value.</summary>
    public int Code { get; }
}
