using CabinMood.Vision.Recognition;

namespace CabinMood.Vision.Tests.Recognition;

public sealed class MouthMotionTests
{
    private const int Side = 48;
    private readonly MouthMotion _mouth = new(Side, Side);

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(30)]
    public void A_mouth_that_opens_and_closes_is_active_at_any_frame_rate(int hertz) =>
        Assert.InRange(Follow(hertz, 6, at => Face(open: MathF.Max(0, MathF.Sin(at * 2 * MathF.PI * 1.7f)))), 0.5f, 1);

    [Fact]
    public void A_still_face_is_at_rest() => Assert.Equal(0, Follow(10, 6, _ => Face(0)));

    [Fact]
    public void A_single_smile_is_over_soon() => Assert.InRange(Follow(10, 6, at => Face(at < 1 ? 0 : 1)), 0, 0.1f);

    [Fact]
    public void A_shaking_head_and_flickering_light_move_eyes_and_mouth_alike()
    {
        Assert.InRange(Follow(10, 6, at => Face(0, shift: (int)(at * 10) % 2 * 2)), 0, 0.35f);
        Assert.InRange(Follow(10, 6, at => Face(0, light: (int)(at * 10) % 2 * 0.5f)), 0, 0.05f);
    }

    [Fact]
    public void It_forgets_what_it_saw()
    {
        Follow(10, 6, at => Face(MathF.Max(0, MathF.Sin(at * 9))));
        _mouth.Forget();
        Assert.Equal(0, _mouth.Follow(Face(1), TimeSpan.FromSeconds(6.1)));
        Assert.Equal(0, _mouth.Follow(Face(0), TimeSpan.FromSeconds(16.1)));
    }

    [Fact]
    public void Its_answer_is_a_share_whatever_it_is_shown()
    {
        var random = new Random(5);
        for (var i = 0; i < 200; i++)
        {
            float[] noise = [.. Enumerable.Range(0, Side * Side).Select(_ => (float)random.NextDouble() * random.Next(3))];
            Assert.InRange(_mouth.Follow(noise, TimeSpan.FromSeconds(random.NextDouble() * 60)), 0, 1);
        }
    }

    private float Follow(int hertz, float seconds, Func<float, float[]> face)
    {
        var activity = 0f;
        for (var i = 0; i < hertz * seconds; i++)
        {
            activity = _mouth.Follow(face(i / (float)hertz), TimeSpan.FromSeconds(i / (double)hertz));
        }

        return activity;
    }

    // Two eyes and a mouth, dark on grey; an open mouth is a higher bar.
    private static float[] Face(float open, int shift = 0, float light = 0)
    {
        var crop = new float[Side * Side];
        Array.Fill(crop, light);
        Dark(12, 15, 6, 5);
        Dark(30, 15, 6, 5);
        Dark(17, 35, 14, 2 + (int)(open * 7));
        return crop;

        void Dark(int left, int top, int width, int height)
        {
            for (var y = top; y < top + height; y++)
            {
                for (var x = left; x < left + width; x++)
                {
                    crop[(y * Side) + x + shift] -= 1;
                }
            }
        }
    }
}
