using CabinMood.Vision.Pixels;

namespace CabinMood.Vision.Tests.Detection;

/// <summary>The fast loops against plain ones, at lengths that fill no vector and those around them.</summary>
[Trait("Category", "Kernel")]
public sealed class PixelKernelTests
{
    public static TheoryData<int> Lengths => [1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 31, 33, 48, 63, 100, 321];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Weighing_rows_equals_the_plain_loop(int length)
    {
        var random = new Random(length);
        float[] weights = [0.1f, 0.2f, 0.7f];
        var stride = length + 3;
        var rows = new byte[(2 * stride) + length];
        random.NextBytes(rows);
        var actual = new float[length];

        PixelKernels.WeighRows(rows, stride, weights, actual);

        AssertClose(
            [.. Enumerable.Range(0, length).Select(x => (rows[x] * 0.1f) + (rows[stride + x] * 0.2f) + (rows[(2 * stride) + x] * 0.7f))],
            actual,
            1e-3f);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Normalising_equals_the_plain_loop(int length)
    {
        var random = new Random(length);
        var source = Enumerable.Range(0, length).Select(_ => random.NextSingle() * 255).ToArray();
        var actual = new float[length];

        PixelKernels.Normalise(source, 1 / 64f, -2, actual);

        AssertClose([.. source.Select(value => (value - 128) / 64)], actual, 1e-5f);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_a_mistake()
    {
        Assert.Throws<ArgumentException>(() => PixelKernels.WeighRows(new byte[9], 5, [0.5f, 0.5f], new float[5]));
        Assert.Throws<ArgumentException>(() => PixelKernels.Normalise(new float[4], 1, 0, new float[3]));
    }

    private static void AssertClose(float[] expected, float[] actual, float tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }
}
