using CabinMood.Vision.Capture;

namespace CabinMood.Vision.Tests.Capture;

[Trait("Category", "Kernel")]
public sealed class Gray16StretchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(321)]
    public void Stretching_equals_the_plain_loop(int width)
    {
        var random = new Random(width);
        var words = Enumerable.Range(0, width).Select(_ => (ushort)random.Next(0, 65536)).ToArray();
        words[0] = 0;
        words[^1] = 65535;
        var stretch = new Gray16Stretch();
        stretch.Observe(Bytes(Enumerable.Range(0, 5000).Select(_ => (ushort)random.Next(3000, 40000))), 100, 50, 200);
        var actual = new byte[width];

        stretch.Apply(Bytes(words), actual);

        for (var x = 0; x < width; x++)
        {
            var expected = Math.Clamp((words[x] - stretch.Low) * 255.0 / (stretch.High - stretch.Low), 0, 255);
            Assert.InRange(actual[x] - expected, -0.6, 0.6);
        }
    }

    [Fact]
    public void A_few_hot_pixels_do_not_darken_the_picture()
    {
        var words = Enumerable.Range(0, 64 * 48).Select(i => (ushort)(i % 1000)).ToArray();
        for (var i = 0; i < 10; i++)
        {
            words[i * 300] = 65535;
        }

        var stretch = new Gray16Stretch();
        stretch.Observe(Bytes(words), 64, 48, 128);

        Assert.InRange(stretch.High, 900, 1000);
    }

    [Fact]
    public void A_sudden_change_of_light_is_followed_slowly()
    {
        var stretch = new Gray16Stretch();
        stretch.Observe(Bytes(Enumerable.Repeat((ushort)1000, 64 * 48)), 64, 48, 128);
        Assert.Equal(1000, stretch.High);

        stretch.Observe(Bytes(Enumerable.Repeat((ushort)2000, 64 * 48)), 64, 48, 128);
        Assert.InRange(stretch.High, 1050, 1200);

        for (var i = 0; i < 60; i++)
        {
            stretch.Observe(Bytes(Enumerable.Repeat((ushort)2000, 64 * 48)), 64, 48, 128);
        }

        Assert.Equal(2000, stretch.High, 10f);
    }

    [Fact]
    public void A_flat_picture_is_not_blown_up_to_noise()
    {
        var random = new Random(1);
        var noise = Bytes(Enumerable.Range(0, 64 * 48).Select(_ => (ushort)(500 + random.Next(0, 4))));
        var stretch = new Gray16Stretch();
        stretch.Observe(noise, 64, 48, 128);
        var row = new byte[64];

        stretch.Apply(noise.AsSpan(0, 128), row);

        Assert.InRange(row.Max() - row.Min(), 0, 16);
    }

    private static byte[] Bytes(IEnumerable<ushort> words) => [.. words.SelectMany(BitConverter.GetBytes)];
}
