using CabinMood.Core.Faces;
using CabinMood.Service.Commands;
using CabinMood.Service.Evaluation;

namespace CabinMood.Service.Tests.Evaluation;

public sealed class DetectorScoresTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cabinmood-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Found_missed_and_invented_faces_are_counted()
    {
        var scores = new DetectorScores(minFacePx: 40);

        scores.Add(
            [new Box(0, 0, 100, 100), new Box(200, 0, 300, 100), new Box(400, 0, 420, 20)],
            [new Box(500, 0, 600, 100)],
            [Face(505, 0, 605, 100, 0.95f), Face(5, 5, 105, 105, 0.9f), Face(10, 0, 110, 100, 0.8f), Face(400, 0, 420, 20, 0.7f)]);

        // The second detection finds the same face again; the small face and the invalid one do not count, and finding them is no false alarm.
        Assert.Equal((2, 1, 1), (scores.Faces, scores.Found, scores.FalseAlarms));
        Assert.Equal(0.5, scores.Recall);
        Assert.Equal(0.5, scores.Precision);
        Assert.Equal(1, scores.FalseAlarmsPerPicture);
    }

    [Fact]
    public void A_wider_truth_file_is_read_with_empty_pictures_and_invalid_faces_apart()
    {
        var truths = WiderTruth.Read(Write("a/1.jpg\n2\n10 20 30 40 0 0 0 0 0 0\n1 1 5 5 0 0 0 1 0 0\nb/2.jpg\n0\n0 0 0 0 0 0 0 0 0 0\nb/3.jpg\n1\n1 2 3 4 0 0 0 0 0 0\n"));

        Assert.Equal(["a/1.jpg", "b/2.jpg", "b/3.jpg"], truths.Select(truth => truth.Picture));
        Assert.Equal([new Box(10, 20, 40, 60)], truths[0].Faces);
        Assert.Equal([new Box(1, 1, 6, 6)], truths[0].Invalid);
        Assert.Empty(truths[1].Faces);
        Assert.Equal([new Box(1, 2, 4, 6)], truths[2].Faces);
    }

    [Theory]
    [InlineData("a/1.jpg\n", "line 2: the number of faces must follow")]
    [InlineData("a/1.jpg\n2\n1 2 3 4\n", "line 4: '' is no face")]
    [InlineData("a/1.jpg\n1\none two three four\n", "line 3: 'one two three four' is no face")]
    [InlineData("\n", "names no pictures")]
    public void A_truth_file_of_another_form_is_refused_with_its_line(string text, string expected)
    {
        var error = Assert.Throws<CommandFailedException>(() => WiderTruth.Read(Write(text)));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private static DetectedFace Face(float left, float top, float right, float bottom, float score) =>
        new(new Box(left, top, right, bottom), score, default);

    private string Write(string text)
    {
        var path = Path.Combine(_folder.FullName, "truth.txt");
        File.WriteAllText(path, text);
        return path;
    }
}
