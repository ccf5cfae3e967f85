using CabinMood.Core.Faces;
using CabinMood.Vision.Capture;
using CabinMood.Vision.ModelCards;
using CabinMood.Vision.Pixels;

namespace CabinMood.Vision.Detection;

/// <summary>
/// Resizes a window of the frame into the net's input and normalises it in the same pass. The window keeps its aspect
/// ratio and goes to the input's top left; what it leaves free is 0, which is the mean. Not thread-safe.
/// </summary>
internal sealed class DetectorInput
{
    private readonly int _width;
    private readonly int _height;
    private readonly int _contentWidth;
    private readonly int _contentHeight;
    private readonly float[] _gains;
    private readonly float[] _offsets;
    private readonly float[] _row;
    private readonly ResampleTable _columns = new();
    private readonly ResampleTable _rows = new();
    private float[] _sums = [];
    private float[] _rowWeights = [];
    private Geometry _geometry;
    private int _frameWidth;
    private int _frameHeight;

    /// <param name="input">Channels, mean and std.</param>
    /// <param name="width">Width of the net's input.</param>
    /// <param name="height">Height of the net's input.</param>
    /// <param name="contentWidth">Largest width that the picture may take of it.</param>
    /// <param name="contentHeight">Largest height that the picture may take of it.</param>
    public DetectorInput(ModelInput input, int width, int height, int contentWidth, int contentHeight)
    {
        _width = width;
        _height = height;
        _contentWidth = contentWidth;
        _contentHeight = contentHeight;
        _gains = [.. input.Std.Select(std => 1 / std)];
        _offsets = [.. input.Mean.Zip(input.Std, (mean, std) => -mean / std)];
        _row = new float[width];
    }

    /// <summary>Fills <paramref name="planes"/> (float32 NCHW) and gives the number of frame pixels per input pixel.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="window">The part of the frame, in whole pixels and inside it.</param>
    /// <param name="planes">The net's input, which nobody else writes.</param>
    public float Fill(in Frame frame, Box window, Span<float> planes)
    {
        var geometry = new Geometry((int)window.Left, (int)window.Top, (int)window.Width, (int)window.Height);
        if (geometry.Width < 1 || geometry.Height < 1 || geometry.Left < 0 || geometry.Top < 0
            || geometry.Left + geometry.Width > frame.Width || geometry.Top + geometry.Height > frame.Height)
        {
            throw new ArgumentException($"The window {geometry} does not lie in a frame of {frame.Width}x{frame.Height}.", nameof(window));
        }

        if (planes.Length != _gains.Length * _width * _height)
        {
            throw new ArgumentException($"{planes.Length} numbers are no input of {_gains.Length}x{_height}x{_width}.", nameof(planes));
        }

        var scale = MathF.Max((float)geometry.Width / _contentWidth, (float)geometry.Height / _contentHeight);
        Reserve(frame.Width, frame.Height);
        Prepare(geometry, scale, planes);
        var plane = _width * _height;
        var columns = _columns.TargetLength;
        var sums = _sums.AsSpan(0, geometry.Width);
        var row = _row.AsSpan(0, columns);
        var pixels = frame.Luma[((geometry.Top * frame.Stride) + geometry.Left)..];
        for (var y = 0; y < _rows.TargetLength; y++)
        {
            PixelKernels.WeighRows(pixels[(_rows.Start(y) * frame.Stride)..], frame.Stride, _rows.Weights(y, _rowWeights), sums);
            PixelKernels.WeighColumns(sums, _columns, row);
            for (var channel = 0; channel < _gains.Length; channel++)
            {
                PixelKernels.Normalise(row, _gains[channel], _offsets[channel], planes.Slice((channel * plane) + (y * _width), columns));
            }
        }

        return scale;
    }

    /// <summary>Makes room for the largest window of such frames, so that a face that comes closer allocates nothing.</summary>
    private void Reserve(int frameWidth, int frameHeight)
    {
        if (frameWidth == _frameWidth && frameHeight == _frameHeight)
        {
            return;
        }

        (_frameWidth, _frameHeight) = (frameWidth, frameHeight);
        var scale = MathF.Max((float)frameWidth / _contentWidth, (float)frameHeight / _contentHeight);
        _columns.Reserve(_contentWidth, scale);
        _rows.Reserve(_contentHeight, scale);
        _rowWeights = new float[ResampleTable.TapsAt(scale)];
        _sums = new float[frameWidth];
        _geometry = default;
    }

    /// <summary>Recomputes the weights when the window's size has changed; its place does not matter to them.</summary>
    private void Prepare(Geometry geometry, float scale, Span<float> planes)
    {
        if (geometry.Width == _geometry.Width && geometry.Height == _geometry.Height)
        {
            return;
        }

        var columns = Math.Clamp((int)MathF.Round(geometry.Width / scale), 1, _contentWidth);
        var rows = Math.Clamp((int)MathF.Round(geometry.Height / scale), 1, _contentHeight);
        _columns.Compute(geometry.Width, columns, scale);
        _rows.Compute(geometry.Height, rows, scale);
        _geometry = geometry;
        planes.Clear();
    }

    private readonly record struct Geometry(int Left, int Top, int Width, int Height);
}
