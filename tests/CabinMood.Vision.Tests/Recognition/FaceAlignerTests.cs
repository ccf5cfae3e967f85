using System.Numerics;
using CabinMood.Core.Faces;
using CabinMood.Vision.Capture;
using CabinMood.Vision.ModelCards;
using CabinMood.Vision.Recognition;
using CabinMood.Vision.Tests.Support;

namespace CabinMood.Vision.Tests.Recognition;

/// <summary>Aligning against a plain twin that follows the definition in double precision, and against geometry.</summary>
[Trait("Category", "Kernel")]
public sealed class FaceAlignerTests
{
    private const int Side = 48;

    private static readonly Vector2[] Template = [new(15, 18.5f), new(32, 18.5f), new(23.5f, 28.3f), new(16.8f, 36.4f), new(30.2f, 36.4f)];

    [Theory]
    [InlineData(1, 0, 100, 80)] // as large as the crop
    [InlineData(0.4f, 0.2f, 60, 60)] // smaller: enlarges
    [InlineData(1.9f, -0.3f, 90, 70)] // just not averaged
    [InlineData(2.3f, 0.5f, 90, 70)] // averaged by 2
    [InlineData(5.5f, 0, 40, 20)] // by 4
    [InlineData(9, 0.1f, 10, -40)] // by 8, partly above the frame
    [InlineData(3, 1.6f, 300, 250)] // lies on its side and partly outside on the right
    [InlineData(1, 3.1f, -20, -20)] // upside down and mostly outside
    public void An_aligned_face_equals_the_plain_twin(float scale, float angle, float x, float y)
    {
        var picture = Pictures.Waves(481, 271);
        var landmarks = Move(scale, angle, new Vector2(x, y));
        var actual = new float[Side * Side];

        new FaceAligner(Card(InputChannels.Grey, [128], [64])).Align(picture.Frame, landmarks, actual);

        var expected = Twin(picture.Frame, landmarks);
        for (var i = 0; i < actual.Length; i++)
        {
            // One sixty-fourth is one pixel value.
            Assert.Equal((expected[i] - 128) / 64, actual[i], 0.02f);
        }
    }

    [Fact]
    public void Three_channels_repeat_the_picture_with_their_own_mean()
    {
        var picture = Pictures.Waves(200, 150);
        var landmarks = Move(1, 0.1f, new Vector2(80, 50));
        var grey = new float[Side * Side];
        var bgr = new float[3 * Side * Side];

        new FaceAligner(Card(InputChannels.Grey, [0], [1])).Align(picture.Frame, landmarks, grey);
        new FaceAligner(Card(InputChannels.Bgr, [10, 20, 30], [1, 2, 4])).Align(picture.Frame, landmarks, bgr);

        for (var i = 0; i < grey.Length; i++)
        {
            Assert.Equal(grey[i] - 10, bgr[i], 1e-3f);
            Assert.Equal((grey[i] - 20) / 2, bgr[(Side * Side) + i], 1e-3f);
            Assert.Equal((grey[i] - 30) / 4, bgr[(2 * Side * Side) + i], 1e-3f);
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0.4f)]
    [InlineData(6, -1.1f)]
    public void Dots_at_the_landmarks_come_to_lie_at_the_template(float scale, float angle)
    {
        var landmarks = Move(scale, angle, new Vector2(200, 180));
        Vector2[] points = [landmarks.LeftEye, landmarks.RightEye, landmarks.Nose, landmarks.LeftMouthCorner, landmarks.RightMouthCorner];
        var dots = Pictures.Change(Pictures.Flat(500, 450, 0), default, (x, y, _) =>
            points.Any(point => Vector2.Distance(point, new Vector2(x + 0.5f, y + 0.5f)) < 1.5f * scale) ? (byte)255 : (byte)0);
        var crop = new float[Side * Side];

        new FaceAligner(Card(InputChannels.Grey, [0], [1])).Align(dots.Frame, landmarks, crop);

        foreach (var target in Template)
        {
            // The brightness-weighted centre around the target.
            var (sum, weights) = (Vector2.Zero, 0f);
            for (var y = (int)target.Y - 4; y <= (int)target.Y + 4; y++)
            {
                for (var x = (int)target.X - 4; x <= (int)target.X + 4; x++)
                {
                    sum += crop[(y * Side) + x] * new Vector2(x + 0.5f, y + 0.5f);
                    weights += crop[(y * Side) + x];
                }
            }

            Assert.InRange(Vector2.Distance(target, sum / weights), 0, 0.2f);
        }
    }

    [Fact]
    public void A_fine_pattern_in_a_large_face_becomes_grey_instead_of_aliasing()
    {
        var checkers = Pictures.Change(Pictures.Flat(600, 600, 0), default, (x, y, _) => ((x + y) & 1) == 0 ? (byte)255 : (byte)0);
        var crop = new float[Side * Side];

        new FaceAligner(Card(InputChannels.Grey, [0], [1])).Align(checkers.Frame, Move(8, 0.2f, new Vector2(300, 300)), crop);

        Assert.All(crop, value => Assert.InRange(value, 120, 135));
    }

    [Fact]
    public void Wild_landmarks_neither_throw_nor_read_outside()
    {
        var picture = Pictures.Waves(64, 48);
        var aligner = new FaceAligner(Card(InputChannels.Grey, [0], [1]));
        var crop = new float[Side * Side];
        var random = new Random(3);
        for (var i = 0; i < 500; i++)
        {
            var reach = MathF.Pow(10, random.Next(0, 7));
            Vector2 Wild() => new((random.NextSingle() - 0.5f) * reach, (random.NextSingle() - 0.5f) * reach);

            aligner.Align(picture.Frame, new FaceLandmarks(Wild(), Wild(), Wild(), Wild(), Wild()), crop);

            Assert.All(crop, value => Assert.InRange(value, -0.01f, 255.01f));
        }
    }

    private static FaceLandmarks Move(float scale, float angle, Vector2 center)
    {
        var middle = new Vector2(Side / 2f);
        Vector2[] points = [.. Template.Select(point =>
            (Vector2.Transform(point - middle, Matrix3x2.CreateRotation(angle)) * scale) + center)];
        return new FaceLandmarks(points[0], points[1], points[2], points[3], points[4]);
    }

    private static double[] Twin(in Frame frame, FaceLandmarks landmarks)
    {
        var back = Similarity.Between(landmarks, Template).Inverse();
        var shrink = 1;
        while (back.Scale > 2 * shrink)
        {
            shrink *= 2;
        }

        var columns = frame.Width / shrink;
        var rows = frame.Height / shrink;
        var level = new double[columns * rows];
        for (var y = 0; y < rows * shrink; y++)
        {
            for (var x = 0; x < columns * shrink; x++)
            {
                level[(y / shrink * columns) + (x / shrink)] += frame.Row(y)[x] / (double)(shrink * shrink);
            }
        }

        var crop = new double[Side * Side];
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var place = back.Apply(new Vector2(x + 0.5f, y + 0.5f)) / shrink;
                var (left, top) = (Math.Floor(place.X - 0.5), Math.Floor(place.Y - 0.5));
                var (right, down) = (place.X - 0.5 - left, place.Y - 0.5 - top);
                crop[(y * Side) + x] =
                    (((At(left, top) * (1 - right)) + (At(left + 1, top) * right)) * (1 - down))
                    + (((At(left, top + 1) * (1 - right)) + (At(left + 1, top + 1) * right)) * down);
            }
        }

        return crop;

        double At(double x, double y) => level[((int)Math.Clamp(y, 0, rows - 1) * columns) + (int)Math.Clamp(x, 0, columns - 1)];
    }

    private static EmotionCard Card(InputChannels channels, float[] mean, float[] std) => new()
    {
        Name = "test",
        Version = "1",
        Kind = "emotion",
        File = "x",
        Sha256 = "x",
        Input = new ModelInput { Name = "x", Layout = "NCHW", Channels = channels, Width = Side, Height = Side, Mean = mean, Std = std },
        Outputs = new EmotionOutputs { Emotions = "e", ValenceArousal = "v", Quality = "q" },
        Labels = [],
        Temperature = 1,
        Alignment = [.. Template.Select(point => new[] { point.X, point.Y })],
        TrainedOn = "",
        Licence = "",
    };
}
