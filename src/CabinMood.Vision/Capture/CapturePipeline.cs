using CabinMood.Vision.GStreamer;

namespace CabinMood.Vision.Capture;

/// <summary>
/// One running GStreamer pipeline that ends in an appsink, from which frames are pulled: no callback from native code
/// ever enters this process. Used by one thread. Disposing closes the device.
/// </summary>
internal sealed unsafe class CapturePipeline : IDisposable
{
    private readonly FrameSourceUri _uri;
    private readonly GstObjectHandle _pipeline;
    private readonly GstObjectHandle _sink;
    private readonly GstObjectHandle _bus;
    private readonly LumaReader _reader;

    /// <summary>Builds the pipeline; nothing is opened yet.</summary>
    /// <exception cref="CaptureException">The source does not exist, or an element of the launch line is missing.</exception>
    public CapturePipeline(FrameSourceUri uri, string launchLine, bool mirror)
    {
        _uri = uri;
        RequireExistence(uri);
        GStreamerLibrary.EnsureLoaded();
        _reader = new LumaReader(mirror);
        _pipeline = Parse(uri, launchLine);
        _sink = GStreamerNative.gst_bin_get_by_name(_pipeline, LaunchLine.SinkName);
        _bus = GStreamerNative.gst_element_get_bus(_pipeline);
        if (LaunchLine.LocationProperty(uri) is { } property)
        {
            using var source = GStreamerNative.gst_bin_get_by_name(_pipeline, LaunchLine.SourceName);
            SetString(source, property, uri.Location);
        }
    }

    /// <summary>Frames per second as the stream states them; 0 when it does not.</summary>
    public double FramesPerSecond => _reader.FramesPerSecond;

    /// <summary>The stream's length; null when it has none or does not tell.</summary>
    public TimeSpan? Duration =>
        GStreamerNative.gst_element_query_duration(_pipeline, GStreamerNative.GST_FORMAT_TIME, out var nanoseconds) && nanoseconds > 0
            ? TimeSpan.FromTicks(nanoseconds / 100)
            : null;

    /// <summary>Opens the source and lets frames flow. Errors that come later are thrown by <see cref="TryPull"/>.</summary>
    /// <exception cref="CaptureException">The source cannot be opened.</exception>
    public void Play()
    {
        if (GStreamerNative.gst_element_set_state(_pipeline, GStreamerNative.GST_STATE_PLAYING) == GStreamerNative.GST_STATE_CHANGE_FAILURE)
        {
            ThrowBusError();
            throw new CaptureException($"{_uri.Display}: cannot be opened");
        }
    }

    /// <summary>Waits for a frame and copies it.</summary>
    /// <exception cref="CaptureException">The source failed.</exception>
    public PullOutcome TryPull(FrameBuffer target, TimeSpan timeout, out ulong pts)
    {
        pts = GStreamerNative.GST_CLOCK_TIME_NONE;
        var sample = Wait(timeout);
        if (sample == 0)
        {
            return GStreamerNative.gst_app_sink_is_eos(_sink) ? PullOutcome.EndOfStream : PullOutcome.Nothing;
        }

        try
        {
            pts = _reader.Read(sample, target);
            return PullOutcome.Frame;
        }
        catch (CaptureException exception)
        {
            throw new CaptureException($"{_uri.Display}: {exception.Message}", exception);
        }
        finally
        {
            GStreamerNative.gst_mini_object_unref(sample);
        }
    }

    /// <summary>Goes back to the beginning; false when the source cannot.</summary>
    public bool Rewind() => GStreamerNative.gst_element_seek_simple(
        _pipeline,
        GStreamerNative.GST_FORMAT_TIME,
        GStreamerNative.GST_SEEK_FLAG_FLUSH | GStreamerNative.GST_SEEK_FLAG_KEY_UNIT,
        0);

    /// <summary>Closes the device and releases everything.</summary>
    public void Dispose()
    {
        _ = GStreamerNative.gst_element_set_state(_pipeline, GStreamerNative.GST_STATE_NULL);
        _reader.Dispose();
        _sink.Dispose();
        _bus.Dispose();
        _pipeline.Dispose();
    }

    /// <summary>Waits in short steps, since an error does not wake who waits for a frame. Gives 0 when none came.</summary>
    private nint Wait(TimeSpan timeout)
    {
        const ulong stepNs = 50_000_000;
        for (var leftNs = (ulong)timeout.Ticks * 100; ; leftNs -= stepNs)
        {
            var sample = GStreamerNative.gst_app_sink_try_pull_sample(_sink, Math.Min(leftNs, stepNs));
            if (sample != 0)
            {
                return sample;
            }

            // An error often ends the stream as well, so it is asked for first.
            ThrowBusError();
            if (leftNs <= stepNs || GStreamerNative.gst_app_sink_is_eos(_sink))
            {
                return 0;
            }
        }
    }

    /// <summary>GStreamer's own messages for these are long and name no remedy.</summary>
    private static void RequireExistence(FrameSourceUri uri)
    {
        if (uri.Kind == FrameSourceKind.Device && !File.Exists(uri.Location))
        {
            throw new CaptureException($"{uri.Location}: no such device; plug in the camera or set Camera:Source");
        }

        if (uri.Kind is FrameSourceKind.File or FrameSourceKind.Image && !File.Exists(uri.Location))
        {
            throw new CaptureException($"{uri.Location}: no such file");
        }
    }

    private static GstObjectHandle Parse(FrameSourceUri uri, string launchLine)
    {
        GError* error = null;
        var pipeline = GStreamerNative.gst_parse_launch(launchLine, &error);
        if (error is null)
        {
            return pipeline;
        }

        // An unknown element gives an error and, all the same, a pipeline.
        pipeline.Dispose();
        var cause = GStreamerLibrary.Take(error, "gst_parse_launch");
        throw new CaptureException($"{uri.Display}: {cause.Message}", cause);
    }

    private static void SetString(GstObjectHandle element, string property, string text)
    {
        var value = default(GValue);
        GStreamerNative.g_value_init(&value, GStreamerNative.G_TYPE_STRING);
        GStreamerNative.g_value_set_string(&value, text);
        GStreamerNative.g_object_set_property(element, property, &value);
        GStreamerNative.g_value_unset(&value);
    }

    private void ThrowBusError()
    {
        var message = GStreamerNative.gst_bus_timed_pop_filtered(_bus, 0, GStreamerNative.GST_MESSAGE_ERROR);
        if (message is null)
        {
            return;
        }

        GError* error = null;
        byte* debug = null;
        GStreamerNative.gst_message_parse_error(message, &error, &debug);
        GStreamerNative.g_free(debug);
        GStreamerNative.gst_mini_object_unref((nint)message);
        var cause = GStreamerLibrary.Take(error, "pipeline");
        var reason = Explain(cause, _uri.Kind);
        // Some elements repeat the address.
        throw new CaptureException($"{_uri.Display}: {_uri.WithoutPassword(reason)}", cause);
    }

    /// <summary>Says what a person can do, where GStreamer's text does not.</summary>
    private static string Explain(GStreamerException cause, FrameSourceKind kind) => (cause.Domain, cause.Code) switch
    {
        // GST_STREAM_ERROR_TYPE_NOT_FOUND, WRONG_TYPE
        ("gst-stream-error-quark", 4 or 5) => $"no video or picture that GStreamer knows ({cause.Message})",
        // GST_STREAM_ERROR_CODEC_NOT_FOUND, GST_CORE_ERROR_MISSING_PLUGIN
        ("gst-stream-error-quark", 6) or ("gst-core-error-quark", 12) =>
            $"no video in it that can be decoded here ({cause.Message}); mp4 needs: apt-get install gstreamer1.0-libav",
        ("gst-resource-error-quark", _) when kind == FrameSourceKind.Rtsp =>
            $"the stream cannot be opened or was lost ({cause.Message}); is the camera on and the address right?",
        ("gst-resource-error-quark", _) when kind == FrameSourceKind.Device =>
            $"no camera, or taken by another program ({cause.Message})",
        _ => cause.Message,
    };
}
