using System.Numerics;
using CabinMood.Core.Faces;

namespace CabinMood.Vision.Recognition;

/// <summary>
/// How good the picture of a face is, besides what the net itself says: each factor goes from 1 (as good as it gets) to 0
/// (useless), and the worst one counts. The ranges of sharpness, contrast and clipping were measured with version 0.1.0 of
/// the net by spoiling 1,000 FER+ validation crops: unspoilt, it was right on 77 % of them.
/// </summary>
internal static class FaceQuality
{
    /// <summary>Pixels of the frame per pixel of the crop. At half of them a face looks as blurred as one that still is read right on 75 %; a quarter is a smudge.</summary>
    private const float FullScale = 0.5f;
    private const float LeastScale = 0.25f;

    /// <summary>Mean absolute Laplacian over standard deviation: right on 71 % at 0.107, on 28 % at 0.029; sharp FER+ crops have 0.52.</summary>
    private const float FullSharpness = 0.11f;
    private const float LeastSharpness = 0.03f;

    /// <summary>Standard deviation in grey values: right on 76 % at 13, on 44 % at 3.</summary>
    private const float FullContrast = 12;
    private const float LeastContrast = 3;

    /// <summary>Share of blinded pixels: right on 73 % at 0.42, on 51 % at 0.78.</summary>
    private const float FullClipping = 0.4f;
    private const float MostClipping = 0.8f;

    /// <summary>Grey values from which on a pixel is blinded.</summary>
    private const float BlindedFrom = 250;

    /// <summary>Share of <c>MaxHeadTurn</c> that still costs nothing.</summary>
    private const float FreeTurn = 0.45f;

    /// <summary>The worst of all factors.</summary>
    /// <param name="crop">One plane of grey values, 0 to 255, after normalisation is undone by <paramref name="gain"/> and <paramref name="offset"/>.</param>
    /// <param name="width">Of the crop.</param>
    /// <param name="gain">A normalised value times this...</param>
    /// <param name="offset">...plus this is a grey value.</param>
    /// <param name="scale">Pixels of the frame per pixel of the crop.</param>
    /// <param name="landmarks">In pixels of the frame.</param>
    /// <param name="maxHeadTurn">See <see cref="PerceptionOptions.MaxHeadTurn"/>.</param>
    public static float Of(ReadOnlySpan<float> crop, int width, float gain, float offset, float scale, FaceLandmarks landmarks, float maxHeadTurn)
    {
        var (sharpness, contrast, clipping) = Measure(crop, width, gain, offset);
        var worst = Rise(scale, LeastScale, FullScale);
        worst = MathF.Min(worst, Rise(sharpness, LeastSharpness, FullSharpness));
        worst = MathF.Min(worst, Rise(contrast, LeastContrast, FullContrast));
        worst = MathF.Min(worst, 1 - Rise(clipping, FullClipping, MostClipping));
        return MathF.Min(worst, 1 - Rise(HeadTurn(landmarks), FreeTurn * maxHeadTurn, maxHeadTurn));
    }

    /// <summary>
    /// How far the head is turned aside: the nose's distance from the middle of the eyes, along the line through them, in
    /// distances between the eyes. 0 ahead, about 0.25 at 30 degrees, 0.6 and more in profile.
    /// </summary>
    public static float HeadTurn(FaceLandmarks landmarks)
    {
        var eyes = landmarks.RightEye - landmarks.LeftEye;
        var square = eyes.LengthSquared();
        if (square < 1e-6f)
        {
            return float.PositiveInfinity;
        }

        var middle = (landmarks.RightEye + landmarks.LeftEye) / 2;
        return MathF.Abs(Vector2.Dot(landmarks.Nose - middle, eyes)) / square;
    }

    /// <summary>Sharpness, contrast and share of blinded pixels of a crop.</summary>
    internal static (float Sharpness, float Contrast, float Clipping) Measure(ReadOnlySpan<float> crop, int width, float gain, float offset)
    {
        var height = crop.Length / width;
        var (sum, squares, blinded) = (0f, 0f, 0);
        foreach (var value in crop)
        {
            sum += value;
            squares += value * value;
            blinded += (value * gain) + offset >= BlindedFrom ? 1 : 0;
        }

        var mean = sum / crop.Length;
        var deviation = MathF.Sqrt(MathF.Max((squares / crop.Length) - (mean * mean), 0));
        var edges = 0f;
        for (var y = 1; y < height - 1; y++)
        {
            var row = crop.Slice(y * width, width);
            var above = crop.Slice((y - 1) * width, width);
            var below = crop.Slice((y + 1) * width, width);
            for (var x = 1; x < width - 1; x++)
            {
                edges += MathF.Abs((4 * row[x]) - row[x - 1] - row[x + 1] - above[x] - below[x]);
            }
        }

        var sharpness = deviation > 0 ? edges / ((width - 2) * (height - 2)) / deviation : 0;
        return (sharpness, deviation * gain, blinded / (float)crop.Length);
    }

    /// <summary>0 up to <paramref name="from"/>, 1 from <paramref name="to"/> on, straight in between; 0 for what is no number.</summary>
    internal static float Rise(float value, float from, float to) =>
        value >= to ? 1 : value > from ? (value - from) / (to - from) : 0;
}
