using Microsoft.Win32.SafeHandles;

namespace CabinMood.Messaging.Mosquitto;

/// <summary>Owns one <c>struct mosquitto</c>.</summary>
internal sealed class MosquittoHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public MosquittoHandle()
        : base(ownsHandle: true)
    {
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        MosquittoNative.mosquitto_destroy(handle);
        return true;
    }
}
