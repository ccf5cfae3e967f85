namespace CabinMood.Vision.Capture;

/// <summary>
/// Reads every frame of a file, a picture or a folder of pictures, in order and as fast as they are taken: for analysis
/// and evaluation, where a lost frame would change the result. Not thread-safe.
/// </summary>
public sealed class SequentialFrameReader : IDisposable
{
    /// <summary>Longest wait for a frame; a decoder that takes longer has hung.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly FrameSourceUri _uri;
    private readonly bool _mirror;
    private readonly FrameClock _clock = new();
    private readonly string[] _pictures = [];
    private readonly CapturePipeline? _pipeline;
    private long _sequence;

    /// <summary>Opens the media; the first frame is read by the first <see cref="TryRead"/>.</summary>
    /// <exception cref="CaptureException">It does not exist, cannot be opened, or is no recording.</exception>
    public SequentialFrameReader(FrameSourceUri uri, bool mirror = false)
    {
        ArgumentNullException.ThrowIfNull(uri);
        _uri = uri;
        _mirror = mirror;
        switch (uri.Kind)
        {
            case FrameSourceKind.Folder:
                _pictures = FrameSourceUri.Pictures(uri.Location);
                break;
            case FrameSourceKind.Image:
                _pictures = File.Exists(uri.Location) ? [uri.Location] : throw new CaptureException($"{uri.Location}: no such file");
                break;
            case FrameSourceKind.File:
                _pipeline = new CapturePipeline(uri, LaunchLine.Lossless(uri), mirror);
                _pipeline.Play();
                break;
            default:
                throw new CaptureException($"{uri.Display}: a video file, a picture or a folder of pictures is needed here");
        }
    }

    /// <summary>The recording's length; null while it is unknown (before the first frame) and for pictures.</summary>
    public TimeSpan? Duration => _pipeline?.Duration;

    /// <summary>Frames per second as the recording states them; 0 when it does not.</summary>
    public double FramesPerSecond => _pipeline?.FramesPerSecond ?? 0;

    /// <summary>How many pictures there are; 0 for a recording.</summary>
    public int PictureCount => _pictures.Length;

    /// <summary>The file that the last frame came from.</summary>
    public string CurrentPath { get; private set; } = "";

    /// <summary>Reads the next frame; false at the end.</summary>
    /// <exception cref="CaptureException">
    /// The media is damaged. After a broken picture in a folder, the next call goes on with the next picture.
    /// </exception>
    public bool TryRead(FrameBuffer buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        return _pipeline is null ? TryReadPicture(buffer) : TryReadStream(_pipeline, buffer);
    }

    /// <summary>Closes the media.</summary>
    public void Dispose() => _pipeline?.Dispose();

    private bool TryReadPicture(FrameBuffer buffer)
    {
        if (_sequence >= _pictures.Length)
        {
            return false;
        }

        CurrentPath = _pictures[_sequence];
        var sequence = _sequence++;
        PictureFile.Read(CurrentPath, _mirror, buffer);
        // Pictures have no time of their own; one a second keeps them apart.
        buffer.Stamp(TimeSpan.FromSeconds(sequence), sequence, 0);
        return true;
    }

    private bool TryReadStream(CapturePipeline pipeline, FrameBuffer buffer)
    {
        CurrentPath = _uri.Location;
        switch (pipeline.TryPull(buffer, Limit, out var pts))
        {
            case PullOutcome.Frame:
                buffer.Stamp(_clock.Next(pts, TimeSpan.Zero), _sequence++, 0);
                return true;
            case PullOutcome.EndOfStream when _sequence > 0:
                return false;
            case PullOutcome.EndOfStream:
                throw new CaptureException($"{_uri.Display}: no video in it");
            default:
                throw new CaptureException(FormattableString.Invariant($"{_uri.Display}: no frame for {Limit.TotalSeconds:0} s"));
        }
    }
}
