using CabinMood.Vision.Capture;

namespace CabinMood.Vision.Tests.Capture;

[Trait("Category", "Kernel")]
public sealed class VideoRangeTests
{
    [Theory]
    [InlineData(0)] // all 256 values, through the vectors
    [InlineData(13)] // and through the rest of a row
    public void Expanding_equals_the_definition_for_every_value(int first)
    {
        var source = Enumerable.Range(first, 256 - first).Select(value => (byte)value).ToArray();
        var target = new byte[source.Length];

        VideoRange.Expand(source, target);

        for (var i = 0; i < source.Length; i++)
        {
            Assert.InRange(target[i] - Math.Clamp((source[i] - 16) * 255.0 / 219, 0, 255), -0.6, 0.6);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(17)]
    public void Black_and_white_are_reached_at_every_length(int length)
    {
        var row = new byte[length];
        Array.Fill<byte>(row, 235);
        VideoRange.Expand(row, row);
        Assert.All(row, value => Assert.Equal(255, value));

        Array.Fill<byte>(row, 16);
        VideoRange.Expand(row, row);
        Assert.All(row, value => Assert.Equal(0, value));
    }
}
