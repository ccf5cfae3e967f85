namespace CabinMood.Vision.Capture;

/// <summary>Reads one picture with a pipeline of its own: multifilesrc would stop silently at the first gap or broken file.</summary>
internal static class PictureFile
{
    /// <summary>Longer than any picture takes, shorter than what counts as a hung native call (10 s).</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <exception cref="CaptureException">The file is not there or holds no picture.</exception>
    public static void Read(string path, bool mirror, FrameBuffer target)
    {
        var uri = new FrameSourceUri(FrameSourceKind.Image, path);
        using var pipeline = new CapturePipeline(uri, LaunchLine.Lossless(uri), mirror);
        pipeline.Play();
        if (pipeline.TryPull(target, Limit, out _) != PullOutcome.Frame)
        {
            throw new CaptureException($"{uri.Display}: no picture in it");
        }

        target.Stamp(TimeSpan.Zero, 0, 0);
    }
}
