using CabinMood.Vision.GStreamer;

namespace CabinMood.Vision.Capture;

/// <summary>
/// Copies the luma plane of GStreamer samples into frame buffers: stretches 16-bit grey, expands video range, mirrors if wanted, and follows
/// changes of the format in mid-stream. Allocates nothing once the buffers have their size. Not thread-safe.
/// </summary>
internal sealed unsafe class LumaReader : IDisposable
{
    private readonly bool _mirror;
    private readonly Gray16Stretch _stretch = new();
    private GstVideoInfo _info;

    // A reference is held, so that a new format can never lie at the old one's address.
    private nint _caps;
    private bool _is16Bit;
    private bool _isVideoRange;

    public LumaReader(bool mirror) => _mirror = mirror;

    /// <summary>Frames per second as the stream states them; 0 when it does not.</summary>
    public double FramesPerSecond => _info.FramesPerSecondDenominator > 0
        ? (double)_info.FramesPerSecondNumerator / _info.FramesPerSecondDenominator
        : 0;

    /// <summary>Copies a sample's pixels and gives its buffer's timestamp in nanoseconds.</summary>
    public ulong Read(nint sample, FrameBuffer target)
    {
        FollowCaps(GStreamerNative.gst_sample_get_caps(sample));
        var buffer = GStreamerNative.gst_sample_get_buffer(sample);
        GstMapInfo map;
        if (buffer is null || !GStreamerNative.gst_buffer_map(buffer, &map, GStreamerNative.GST_MAP_READ))
        {
            throw new CaptureException("a frame's memory cannot be read");
        }

        try
        {
            var rowBytes = _info.Width * (_is16Bit ? sizeof(ushort) : 1);
            var needed = (ulong)_info.Offset + ((ulong)_info.Stride * (ulong)(_info.Height - 1)) + (ulong)rowBytes;
            if (needed > map.Size)
            {
                throw new CaptureException($"a frame of {map.Size} bytes is too short for {_info.Width}x{_info.Height}");
            }

            var plane = new ReadOnlySpan<byte>(map.Data + _info.Offset, (int)(needed - _info.Offset));
            Copy(plane, rowBytes, target.Prepare(_info.Width, _info.Height));
            return buffer->Pts;
        }
        finally
        {
            GStreamerNative.gst_buffer_unmap(buffer, &map);
        }
    }

    public void Dispose()
    {
        if (_caps != 0)
        {
            GStreamerNative.gst_mini_object_unref(_caps);
            _caps = 0;
        }
    }

    private void Copy(ReadOnlySpan<byte> plane, int rowBytes, Span<byte> target)
    {
        if (_is16Bit)
        {
            _stretch.Observe(plane, _info.Width, _info.Height, _info.Stride);
        }

        for (var y = 0; y < _info.Height; y++)
        {
            var source = plane.Slice(y * _info.Stride, rowBytes);
            var row = target.Slice(y * _info.Width, _info.Width);
            if (_is16Bit)
            {
                _stretch.Apply(source, row);
            }
            else if (_isVideoRange)
            {
                VideoRange.Expand(source, row);
            }
            else
            {
                source.CopyTo(row);
            }

            if (_mirror)
            {
                row.Reverse();
            }
        }
    }

    private void FollowCaps(nint caps)
    {
        if (caps == _caps && caps != 0)
        {
            return;
        }

        Dispose();
        fixed (GstVideoInfo* info = &_info)
        {
            if (caps == 0 || !GStreamerNative.gst_video_info_from_caps(info, caps))
            {
                throw new CaptureException("the stream's video format cannot be read");
            }
        }

        var format = *_info.Format;
        if (!BeginsWithLuma(format) || _info.Width is < 1 or > 16384 || _info.Height is < 1 or > 16384)
        {
            throw new CaptureException($"the stream's video format ({format}, {_info.Width}x{_info.Height}) has no plane of luma or no sensible size");
        }

        _isVideoRange = _info.ColorRange == GStreamerNative.GST_VIDEO_COLOR_RANGE_16_235;
        _is16Bit = format == GStreamerNative.GST_VIDEO_FORMAT_GRAY16_LE;
        _stretch.Reset();
        _caps = GStreamerNative.gst_mini_object_ref(caps);
    }

    /// <summary>The formats that <see cref="LaunchLine"/> lets through: one byte of luma a pixel in the first plane, or 16 bits of grey.</summary>
    private static bool BeginsWithLuma(int format) => format
        is GStreamerNative.GST_VIDEO_FORMAT_GRAY8
        or GStreamerNative.GST_VIDEO_FORMAT_GRAY16_LE
        or GStreamerNative.GST_VIDEO_FORMAT_I420
        or GStreamerNative.GST_VIDEO_FORMAT_YV12
        or GStreamerNative.GST_VIDEO_FORMAT_Y42B
        or GStreamerNative.GST_VIDEO_FORMAT_Y444
        or GStreamerNative.GST_VIDEO_FORMAT_NV12
        or GStreamerNative.GST_VIDEO_FORMAT_NV21;
}
