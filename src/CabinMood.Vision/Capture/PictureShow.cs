namespace CabinMood.Vision.Capture;

/// <summary>
/// Shows a picture, or those of a folder, frame by frame, as a camera before a still scene would: a single one without
/// end, those of a folder for a second each, and from the first again where they are looped. Belongs to the capture thread.
/// </summary>
internal sealed class PictureShow : IDisposable
{
    /// <summary>From one frame to the next: 10 a second.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>A second of each picture of a folder.</summary>
    private const int FramesPerPicture = 10;

    private readonly string[] _pictures;
    private readonly CameraOptions _options;
    private readonly NativeWatch _native;
    private readonly FrameBuffer _picture = new();
    private int _next;
    private int _framesLeft;

    /// <summary>Looks up which pictures there are; none is read before <see cref="TryFill"/>.</summary>
    /// <param name="uri">A picture or a folder.</param>
    /// <param name="options">Whether to mirror, and whether to begin again.</param>
    /// <param name="native">Told of each reading.</param>
    /// <exception cref="CaptureException">The folder is not there, or holds no picture.</exception>
    internal PictureShow(FrameSourceUri uri, CameraOptions options, NativeWatch native)
    {
        _pictures = uri.Kind == FrameSourceKind.Folder ? FrameSourceUri.Pictures(uri.Location) : [uri.Location];
        (_options, _native) = (options, native);
    }

    /// <summary>Copies the picture whose turn it is; its time and number are the caller's.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="CaptureException">A file is not there or holds no picture.</exception>
    internal bool TryFill(FrameBuffer target)
    {
        if (_framesLeft == 0)
        {
            if (_next == _pictures.Length)
            {
                if (!_options.Loop)
                {
                    return false;
                }

                _next = 0;
            }

            Read(_pictures[_next++]);
            _framesLeft = FramesPerPicture;
        }

        if (_pictures.Length > 1)
        {
            _framesLeft--;
        }

        target.Fill(_picture.Frame);
        return true;
    }

    /// <summary>Wipes the picture.</summary>
    public void Dispose() => _picture.Clear();

    private void Read(string path)
    {
        _native.Enter();
        try
        {
            PictureFile.Read(path, _options.Mirror, _picture);
        }
        finally
        {
            _native.Leave();
        }
    }
}
