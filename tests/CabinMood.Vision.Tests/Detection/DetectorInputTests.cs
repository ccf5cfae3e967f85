using CabinMood.Core.Faces;
using CabinMood.Vision.Capture;
using CabinMood.Vision.Detection;
using CabinMood.Vision.ModelCards;
using CabinMood.Vision.Tests.Support;

namespace CabinMood.Vision.Tests.Detection;

/// <summary>Resizing and normalising against a plain twin that follows the definition in double precision.</summary>
[Trait("Category", "Kernel")]
public sealed class DetectorInputTests
{
    private static readonly ModelInput Grey = Input(InputChannels.Grey, [128], [64]);
    private static readonly ModelInput Bgr = Input(InputChannels.Bgr, [104, 117, 123], [1, 1, 1]);

    [Theory]
    [InlineData(480, 270)] // shrinks by 1.5
    [InlineData(640, 480)] // by exactly 2
    [InlineData(1279, 801)] // by a crooked number, odd in both directions
    [InlineData(320, 240)] // not at all
    [InlineData(101, 77)] // enlarges
    [InlineData(33, 500)] // upright
    [InlineData(1, 1)]
    [InlineData(2600, 1900)] // more than there was room for
    public void The_whole_frame_equals_the_plain_twin(int width, int height)
    {
        var picture = Pictures.Waves(width, height);
        var input = new DetectorInput(Grey, 320, 256, 320, 240);
        var actual = new float[320 * 256];

        var scale = input.Fill(picture.Frame, new Box(0, 0, width, height), actual);

        Assert.Equal(Math.Max(width / 320.0, height / 240.0), scale, 1e-5);
        AssertEqual(Twin(picture.Frame, 0, 0, width, height, scale, 320, 256, 320, 240, Grey), actual);
    }

    [Theory]
    [InlineData(0, 0, 160, 128)]
    [InlineData(13, 7, 121, 97)]
    [InlineData(201, 99, 279, 171)]
    public void A_window_in_a_padded_frame_equals_the_plain_twin(int left, int top, int width, int height)
    {
        var picture = Pictures.Waves(480, 270);
        var padded = new byte[500 * 270];
        for (var y = 0; y < 270; y++)
        {
            picture.Frame.Row(y).CopyTo(padded.AsSpan(y * 500));
        }

        var frame = new Frame(padded, 480, 270, 500);
        var input = new DetectorInput(Bgr, 160, 128, 160, 128);
        var actual = new float[3 * 160 * 128];

        var scale = input.Fill(frame, new Box(left, top, left + width, top + height), actual);

        AssertEqual(Twin(frame, left, top, width, height, scale, 160, 128, 160, 128, Bgr), actual);
    }

    [Fact]
    public void What_an_earlier_window_filled_does_not_show_beside_a_narrower_one()
    {
        var picture = Pictures.Waves(480, 270);
        var input = new DetectorInput(Grey, 160, 128, 160, 128);
        var actual = new float[160 * 128];

        input.Fill(picture.Frame, new Box(0, 0, 160, 128), actual);
        var scale = input.Fill(picture.Frame, new Box(0, 0, 40, 128), actual);

        AssertEqual(Twin(picture.Frame, 0, 0, 40, 128, scale, 160, 128, 160, 128, Grey), actual);
    }

    [Fact]
    public void A_window_outside_the_frame_is_a_mistake()
    {
        var picture = Pictures.Waves(100, 100);
        var input = new DetectorInput(Grey, 160, 128, 160, 128);

        Assert.Throws<ArgumentException>(() => input.Fill(picture.Frame, new Box(50, 0, 101, 50), new float[160 * 128]));
        Assert.Throws<ArgumentException>(() => input.Fill(picture.Frame, new Box(-1, 0, 50, 50), new float[160 * 128]));
        Assert.Throws<ArgumentException>(() => input.Fill(picture.Frame, new Box(0, 0, 50, 50), new float[3]));
    }

    private static float[] Twin(
        in Frame frame, int left, int top, int width, int height, double scale,
        int inputWidth, int inputHeight, int contentWidth, int contentHeight, ModelInput input)
    {
        var columns = Math.Clamp((int)Math.Round(width / scale), 1, contentWidth);
        var rows = Math.Clamp((int)Math.Round(height / scale), 1, contentHeight);
        var planes = new float[input.ChannelCount * inputWidth * inputHeight];
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                var sum = 0.0;
                var weights = 0.0;
                foreach (var (v, weightY) in Covered(y, scale, height))
                {
                    foreach (var (u, weightX) in Covered(x, scale, width))
                    {
                        sum += weightX * weightY * frame.Row(top + v)[left + u];
                        weights += weightX * weightY;
                    }
                }

                for (var c = 0; c < input.ChannelCount; c++)
                {
                    planes[(((c * inputHeight) + y) * inputWidth) + x] = (float)(((sum / weights) - input.Mean[c]) / input.Std[c]);
                }
            }
        }

        return planes;
    }

    private static List<(int Place, double Weight)> Covered(int target, double scale, int length)
    {
        if (scale <= 1)
        {
            var center = Math.Clamp(((target + 0.5) * scale) - 0.5, 0, length - 1);
            var below = (int)Math.Floor(center);
            return length == 1 || center == below
                ? [(below, 1)]
                : [(below, 1 - (center - below)), (below + 1, center - below)];
        }

        var from = target * scale;
        var to = Math.Min((target + 1) * scale, length);
        return [.. Enumerable.Range((int)from, (int)Math.Ceiling(to) - (int)from)
            .Where(place => place < length)
            .Select(place => (place, Math.Min(to, place + 1) - Math.Max(from, place)))];
    }

    private static void AssertEqual(float[] expected, float[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            // In units of the net's input; a step of one pixel value is 1 or 1/64.
            Assert.Equal(expected[i], actual[i], 0.02f);
        }
    }

    private static ModelInput Input(InputChannels channels, float[] mean, float[] std) =>
        new() { Name = "x", Layout = "NCHW", Channels = channels, Mean = mean, Std = std };
}
