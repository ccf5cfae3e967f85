using Microsoft.Win32.SafeHandles;

namespace CabinMood.Vision.GStreamer;

/// <summary>Owns one reference to a GstObject: a pipeline, an element or a bus.</summary>
internal sealed class GstObjectHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public GstObjectHandle()
        : base(ownsHandle: true)
    {
    }

    protected override bool ReleaseHandle()
    {
        GStreamerNative.gst_object_unref(handle);
        return true;
    }
}
