using CabinMood.Core.Faces;
using CabinMood.Vision.Capture;

namespace CabinMood.Vision.Detection;

/// <summary>
/// Keeps to the driver's face: searches the whole frame when it is lost and at set intervals, and in between only a
/// window around its last place, which costs a fraction. Hands over no face outside the driver's zone. Not thread-safe.
/// </summary>
public sealed class FaceFollower
{
    /// <summary>
    /// The window is this many times as high as the face: the head may move by most of its size between two frames, and
    /// the face has the middle size that the net's anchors serve best.
    /// </summary>
    private const float WindowPerFace = 2.2f;

    /// <summary>Window sizes are rounded up to this many pixels, so that the resizing weights seldom change.</summary>
    private const int WindowStepPx = 16;

    /// <summary>An overlap of 0.3 with the last place still is the same head; less is another one or a wild detection.</summary>
    private const float SameHead = 0.3f;

    private readonly FaceDetector _fullFrame;
    private readonly FaceDetector _window;
    private readonly DriverZone _zone;
    private readonly TimeSpan _fullFrameEvery;
    private readonly float _minFacePx;
    private readonly DetectedFace[] _largeEnough = new DetectedFace[16];
    private DetectedFace? _last;
    private TimeSpan _lastFullFrame;
    private int _frameWidth;
    private int _frameHeight;

    /// <summary>Creates a follower that has seen nothing yet.</summary>
    /// <param name="fullFrame">Detects in whole frames. Not owned.</param>
    /// <param name="window">Detects in windows, at a smaller input; may be the same. Not owned.</param>
    /// <param name="zone">Where the driver sits.</param>
    /// <param name="fullFrameEvery">Longest time between two searches of the whole frame; zero searches it every time.</param>
    /// <param name="minFacePx">Narrower faces are ignored, in pixels of the frame.</param>
    public FaceFollower(FaceDetector fullFrame, FaceDetector window, DriverZone zone, TimeSpan fullFrameEvery, float minFacePx)
    {
        _fullFrame = fullFrame;
        _window = window;
        _zone = zone;
        _fullFrameEvery = fullFrameEvery;
        _minFacePx = minFacePx;
    }

    /// <summary>Forgets the driver, for example when the camera was closed.</summary>
    public void Forget() => _last = null;

    /// <summary>Finds the driver's face.</summary>
    /// <param name="frame">The next frame; its timestamp paces the searches of the whole frame.</param>
    /// <param name="face">The face in pixels of the frame.</param>
    /// <param name="timings">Adds the time of the stages.</param>
    /// <returns>False when nobody is in the zone.</returns>
    public bool TryFind(in Frame frame, out DetectedFace face, ref StageTimings timings)
    {
        if (frame.Width != _frameWidth || frame.Height != _frameHeight)
        {
            (_frameWidth, _frameHeight) = (frame.Width, frame.Height);
            _last = null;
        }

        var found = TryFollow(frame, out face, ref timings) || TrySearch(frame, out face, ref timings);
        _last = found ? face : null;
        return found;
    }

    private bool TryFollow(in Frame frame, out DetectedFace face, ref StageTimings timings)
    {
        face = default;
        var sinceFullFrame = frame.Timestamp - _lastFullFrame;
        if (_last is not { } last || sinceFullFrame >= _fullFrameEvery || sinceFullFrame < TimeSpan.Zero)
        {
            return false;
        }

        var faces = Detect(_window, frame, WindowAround(last.Box), ref timings);
        return TryChoose(faces, last.Box, out face) && face.Box.IntersectionOverUnion(last.Box) >= SameHead;
    }

    private bool TrySearch(in Frame frame, out DetectedFace face, ref StageTimings timings)
    {
        _lastFullFrame = frame.Timestamp;
        timings.IsFullFrame = true;
        var faces = Detect(_fullFrame, frame, new Box(0, 0, frame.Width, frame.Height), ref timings);
        return TryChoose(faces, _last?.Box, out face);
    }

    private static ReadOnlySpan<DetectedFace> Detect(FaceDetector detector, in Frame frame, Box window, ref StageTimings timings)
    {
        var mark = System.Diagnostics.Stopwatch.GetTimestamp();
        var scale = detector.Prepare(frame, window);
        timings.DetectorInput += StageTimings.Lap(ref mark);
        detector.Run();
        timings.DetectorNet += StageTimings.Lap(ref mark);
        var faces = detector.Read(window, scale);
        timings.Decoding += StageTimings.Lap(ref mark);
        return faces;
    }

    private bool TryChoose(ReadOnlySpan<DetectedFace> faces, Box? last, out DetectedFace face)
    {
        var count = 0;
        for (var i = 0; i < faces.Length && count < _largeEnough.Length; i++)
        {
            if (faces[i].Box.Width >= _minFacePx)
            {
                _largeEnough[count++] = faces[i];
            }
        }

        var chosen = DriverSelection.Choose(_largeEnough.AsSpan(0, count), _zone, _frameWidth, _frameHeight, last);
        face = chosen >= 0 ? _largeEnough[chosen] : default;
        return chosen >= 0;
    }

    /// <summary>A window of the detector's aspect ratio around the face, shifted into the frame where it would stand out.</summary>
    private Box WindowAround(Box face)
    {
        var aspect = (float)_window.InputWidth / _window.InputHeight;
        var wanted = WindowPerFace * MathF.Max(face.Height, face.Width / aspect);
        var height = Math.Min((int)MathF.Ceiling(wanted / WindowStepPx) * WindowStepPx, _frameHeight);
        var width = Math.Min((int)MathF.Round(height * aspect), _frameWidth);
        var left = Math.Clamp((int)(face.CenterX - (width * 0.5f)), 0, _frameWidth - width);
        var top = Math.Clamp((int)(face.CenterY - (height * 0.5f)), 0, _frameHeight - height);
        return new Box(left, top, left + width, top + height);
    }
}
