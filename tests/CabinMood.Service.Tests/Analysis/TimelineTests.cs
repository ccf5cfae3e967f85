using System.Xml.Linq;
using CabinMood.Core.Emotions;
using CabinMood.Core.Faces;
using CabinMood.Core.Moods;
using CabinMood.Service.Analysis;

namespace CabinMood.Service.Tests.Analysis;

public sealed class TimelineTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cabinmood-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_drawing_is_well_formed_and_has_bands_curves_and_changes()
    {
        var svg = XDocument.Parse(TimelineSvg.Draw(Video()));
        XNamespace ns = "http://www.w3.org/2000/svg";

        Assert.Equal(2, svg.Descendants(ns + "path").Count());
        Assert.Contains(svg.Descendants(ns + "text"), text => text.Value == "happy" && text.Attribute("transform") is not null);
        Assert.Contains(svg.Descendants(ns + "text"), text => text.Value == "a & b.webm");
    }

    [Fact]
    public void A_curve_breaks_where_there_is_no_face()
    {
        var svg = XDocument.Parse(TimelineSvg.Draw(Video()));
        var path = svg.Descendants().First(element => element.Name.LocalName == "path").Attribute("d")!.Value;

        Assert.Equal(2, path.Count(letter => letter == 'M'));
    }

    [Fact]
    public void Every_row_of_the_csv_has_as_many_columns_as_the_header()
    {
        TimelineFiles.Write(Video(), _folder.FullName);

        var lines = File.ReadAllLines(Path.Combine(_folder.FullName, "timeline.csv"));
        Assert.Equal(5, lines.Length);
        Assert.All(lines, line => Assert.Equal(lines[0].Split(',').Length, line.Split(',').Length));
        Assert.Equal("seconds,face,left,top,right,bottom,leading,margin,mood,valence,arousal,quality,mouth,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt", lines[0]);
    }

    [Fact]
    public void Nothing_but_numbers_and_drawings_is_written()
    {
        TimelineFiles.Write(Video(), _folder.FullName);

        Assert.Equal(["summary.json", "timeline.csv", "timeline.svg"], _folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Runs_meet_end_to_end_and_reach_the_end()
    {
        var runs = Video().Runs(row => row.Presence).ToArray();

        Assert.Equal([(FacePresence.Present, 0, 2), (FacePresence.Absent, 2, 3), (FacePresence.Present, 3, 4)], runs);
    }

    private static Timeline Video()
    {
        var reading = new EmotionReading(EmotionProbabilities.Certain(Emotion.Happiness), 0.9f, 0.3f, 1);
        var box = new Box(10, 20, 90, 120);
        return new Timeline("some/folder/a & b.webm", true,
        [
            new TimelineRow(0, FacePresence.Present, box, reading, Mood.Neutral, 0.4f, Mood.Unknown, 0, 0),
            new TimelineRow(1, FacePresence.Present, box, reading, Mood.Happy, 0.5f, Mood.Happy, 0.5f, 0.2f),
            new TimelineRow(2, FacePresence.Absent, null, default, Mood.Happy, 0.5f, Mood.Happy, 0.5f, 0.2f),
            new TimelineRow(3, FacePresence.Present, box, reading, Mood.Happy, 0.6f, Mood.Happy, 0.9f, 0.3f),
        ]);
    }
}
