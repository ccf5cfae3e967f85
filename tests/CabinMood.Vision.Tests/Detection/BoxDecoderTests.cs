using CabinMood.Core.Faces;
using CabinMood.Vision.Detection;
using CabinMood.Vision.ModelCards;

namespace CabinMood.Vision.Tests.Detection;

public sealed class BoxDecoderTests
{
    private static readonly AnchorLayout Layout = new()
    {
        Strides = [8, 16, 32],
        Sizes = [[16, 32], [64, 128], [256, 512]],
        Variances = [0.1f, 0.2f],
    };

    [Theory]
    [InlineData(640, 640, 16800)] // the reference's number
    [InlineData(320, 256, 3360)]
    [InlineData(160, 128, 840)]
    [InlineData(33, 17, 46)] // odd sizes round up: 5x3, 3x2 and 2x1 cells, two anchors each
    public void There_are_as_many_anchors_as_the_net_has_answers(int width, int height, int count) =>
        Assert.Equal(count, new AnchorGrid(Layout, width, height).Count);

    [Fact]
    public void Anchors_run_by_stride_then_rows_then_columns_then_sizes()
    {
        var anchors = new AnchorGrid(Layout, 64, 32).Anchors;

        Assert.Equal(new Anchor(4, 4, 16), anchors[0]);
        Assert.Equal(new Anchor(4, 4, 32), anchors[1]);
        Assert.Equal(new Anchor(12, 4, 16), anchors[2]);
        Assert.Equal(new Anchor(4, 12, 16), anchors[16]);
        Assert.Equal(new Anchor(8, 8, 64), anchors[64]);
        Assert.Equal(new Anchor(48, 16, 512), anchors[^1]);
    }

    [Fact]
    public void An_answer_of_zeros_is_the_anchor_itself()
    {
        var faces = Decode(3, boxes: [0, 0, 0, 0], landmarks: new float[10], score: 0.9f);

        Assert.Equal(new Box(-4, -12, 28, 20), Assert.Single(faces).Box);
        Assert.Equal(new(12, 4), faces[0].Landmarks.Nose);
        Assert.Equal(0.9f, faces[0].Score);
    }

    [Fact]
    public void Offsets_count_in_tenths_of_the_anchor_and_sizes_in_fifths_of_a_logarithm()
    {
        var doubled = MathF.Log(2) / 0.2f;

        var face = Assert.Single(Decode(3, boxes: [1, -1, doubled, 0], landmarks: [1, 2, 0, 0, 0, 0, 0, 0, -1, 0], score: 0.9f));

        Assert.Equal(12 + 3.2f, face.Box.CenterX, 1e-4f);
        Assert.Equal(4 - 3.2f, face.Box.CenterY, 1e-4f);
        Assert.Equal(64, face.Box.Width, 1e-3f);
        Assert.Equal(32, face.Box.Height, 1e-3f);
        Assert.Equal(new(12 + 3.2f, 4 + 6.4f), face.Landmarks.LeftEye);
        Assert.Equal(new(12 - 3.2f, 4), face.Landmarks.RightMouthCorner);
    }

    [Fact]
    public void Below_the_threshold_there_is_no_face()
    {
        Assert.Empty(Decode(3, [0, 0, 0, 0], new float[10], score: 0.49f));
        Assert.Single(Decode(3, [0, 0, 0, 0], new float[10], score: 0.5f));
    }

    [Fact]
    public void Outputs_of_another_input_size_are_a_mistake()
    {
        var decoder = new BoxDecoder(new AnchorGrid(Layout, 64, 32), Layout.Variances);

        Assert.Throws<ArgumentException>(() => decoder.Decode(new float[4], new float[2], new float[10], 0.5f, new DetectedFace[1]));
    }

    private static DetectedFace[] Decode(int anchor, float[] boxes, float[] landmarks, float score)
    {
        var grid = new AnchorGrid(Layout, 64, 32);
        var allBoxes = new float[grid.Count * 4];
        var allScores = new float[grid.Count * 2];
        var allLandmarks = new float[grid.Count * 10];
        boxes.CopyTo(allBoxes, anchor * 4);
        landmarks.CopyTo(allLandmarks, anchor * 10);
        allScores[(anchor * 2) + 1] = score;
        var faces = new DetectedFace[grid.Count];
        var count = new BoxDecoder(grid, Layout.Variances).Decode(allBoxes, allScores, allLandmarks, 0.5f, faces);
        return faces[..count];
    }
}
