using System.Globalization;
using System.Net;
using System.Text;
using CabinMood.Core.Faces;
using CabinMood.Core.Moods;

namespace CabinMood.Service.Analysis;

/// <summary>Draws an analysis: a band of the leading mood, a strip of detections, curves of valence and arousal, and the moments at which a mood had earned its evidence.</summary>
public static class TimelineSvg
{
    // Pixels of the drawing; the labels stand left of the plots.
    private const double Width = 1000;
    private const double Left = 90;
    private const double Right = 980;
    private const double MoodTop = 48;
    private const double MoodHeight = 36;
    private const double FaceTop = 96;
    private const double FaceHeight = 14;
    private const double CurveTop = 128;
    private const double CurveHeight = 180;
    private const double AxisTop = CurveTop + CurveHeight;
    private const double LegendTop = AxisTop + 46;
    private const double Height = LegendTop + 24;

    private const string ValenceColour = "#1b6ca8";
    private const string ArousalColour = "#d1495b";

    private static readonly (Mood Mood, string Colour)[] Moods =
    [
        (Mood.Happy, "#f2b134"), (Mood.Energetic, "#ed6a5a"), (Mood.Calm, "#6dbfa3"), (Mood.Neutral, "#b8c4cc"),
        (Mood.Sad, "#5d7fb9"), (Mood.Tense, "#8d4a7c"), (Mood.Unknown, "#eeeeee"),
    ];

    /// <summary>The drawing as SVG text.</summary>
    public static string Draw(Timeline timeline)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        Text(svg, Left, 26, Path.GetFileName(timeline.Media.TrimEnd('/')), "start", "#222", 15);
        var faces = string.Create(CultureInfo.InvariantCulture, $"face in {timeline.FaceShare:P1} of {timeline.Rows.Count} {(timeline.IsVideo ? "frames" : "pictures")}");
        Text(svg, Right, 26, faces, "end", "#555");
        DrawMoods(svg, timeline);
        DrawFaces(svg, timeline);
        DrawCurves(svg, timeline);
        DrawChanges(svg, timeline);
        DrawAxis(svg, timeline);
        DrawLegend(svg);
        svg.Append("</svg>\n");
        return svg.ToString();
    }

    private static double X(Timeline timeline, double seconds) =>
        timeline.EndSeconds > 0 ? Left + (Right - Left) * seconds / timeline.EndSeconds : Left;

    private static double Y(double value) => CurveTop + CurveHeight * (1 - Math.Clamp(value, -1, 1)) / 2;

    private static void DrawMoods(StringBuilder svg, Timeline timeline)
    {
        Text(svg, Left - 8, MoodTop + MoodHeight / 2 + 4, "mood", "end", "#555");
        foreach (var (mood, from, to) in timeline.Runs(row => row.Leading))
        {
            var colour = Array.Find(Moods, entry => entry.Mood == mood).Colour;
            Rectangle(svg, X(timeline, from), MoodTop, X(timeline, to) - X(timeline, from), MoodHeight, colour);
        }
    }

    private static void DrawFaces(StringBuilder svg, Timeline timeline)
    {
        Text(svg, Left - 8, FaceTop + FaceHeight - 3, "face", "end", "#555");
        foreach (var (presence, from, to) in timeline.Runs(row => row.Presence))
        {
            var colour = presence switch { FacePresence.Present => "#3a7d44", FacePresence.Obscured => "#999999", _ => "#f3e3e3" };
            Rectangle(svg, X(timeline, from), FaceTop, X(timeline, to) - X(timeline, from), FaceHeight, colour);
        }
    }

    private static void DrawCurves(StringBuilder svg, Timeline timeline)
    {
        foreach (var value in new[] { -1.0, -0.5, 0, 0.5, 1 })
        {
            Line(svg, Left, Y(value), Right, Y(value), value == 0 ? "#bbbbbb" : "#e6e6e6");
            Text(svg, Left - 8, Y(value) + 4, value.ToString("0.0", CultureInfo.InvariantCulture), "end", "#555");
        }

        Curve(svg, timeline, row => row.Valence, ValenceColour);
        Curve(svg, timeline, row => row.Arousal, ArousalColour);
    }

    // A curve breaks where there is no face: what was not seen is not drawn.
    private static void Curve(StringBuilder svg, Timeline timeline, Func<TimelineRow, float> select, string colour)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<path fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.6\" stroke-linejoin=\"round\" d=\"");
        var isDown = false;
        foreach (var row in timeline.Rows)
        {
            if (row.Presence == FacePresence.Present)
            {
                svg.Append(CultureInfo.InvariantCulture, $"{(isDown ? 'L' : 'M')}{X(timeline, row.Seconds):0.0} {Y(select(row)):0.0}");
                // A lone point needs a line of its own to be seen.
                svg.Append(isDown ? "" : "h0.1");
                isDown = true;
            }
            else
            {
                isDown = false;
            }
        }

        svg.Append("\"/>\n");
    }

    private static void DrawChanges(StringBuilder svg, Timeline timeline)
    {
        foreach (var (seconds, mood) in timeline.MoodChanges())
        {
            var x = X(timeline, seconds);
            if (mood == Mood.Unknown)
            {
                // A mood that lapsed: the line says so, a label would only crowd the next one.
                Line(svg, x, MoodTop - 4, x, AxisTop, "#bbbbbb", "1 4");
                continue;
            }

            Line(svg, x, MoodTop - 4, x, AxisTop, "#444444", "3 3");
            svg.Append(CultureInfo.InvariantCulture, $"<text transform=\"translate({x + 4:0.0} {AxisTop - 6:0.0}) rotate(-90)\" fill=\"#444\" font-size=\"11\">{TimelineFiles.Name(mood)}</text>\n");
        }
    }

    private static void DrawAxis(StringBuilder svg, Timeline timeline)
    {
        Line(svg, Left, AxisTop, Right, AxisTop, "#444444");
        var step = Step(timeline.EndSeconds / 10);
        for (var tick = 0; tick * step <= timeline.EndSeconds; tick++)
        {
            var x = X(timeline, tick * step);
            Line(svg, x, AxisTop, x, AxisTop + 5, "#444444");
            Text(svg, x, AxisTop + 18, (tick * step).ToString("0.##", CultureInfo.InvariantCulture), "middle", "#444");
        }

        Text(svg, Right, AxisTop + 32, timeline.IsVideo ? "seconds" : "picture", "end", "#444");
    }

    private static void DrawLegend(StringBuilder svg)
    {
        var x = Left;
        foreach (var (mood, colour) in Moods)
        {
            Rectangle(svg, x, LegendTop, 12, 12, colour);
            Text(svg, x + 17, LegendTop + 10, TimelineFiles.Name(mood), "start", "#444");
            x += 95;
        }

        Line(svg, x, LegendTop + 6, x + 18, LegendTop + 6, ValenceColour);
        Text(svg, x + 23, LegendTop + 10, "valence", "start", "#444");
        Line(svg, x + 90, LegendTop + 6, x + 108, LegendTop + 6, ArousalColour);
        Text(svg, x + 113, LegendTop + 10, "arousal", "start", "#444");
    }

    // The nearest of 1, 2, 5 times a power of ten that is not below.
    private static double Step(double atLeast)
    {
        if (!(atLeast > 0))
        {
            return 1;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(atLeast)));
        return power * ((atLeast / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
    }

    private static void Rectangle(StringBuilder svg, double x, double y, double width, double height, string colour) =>
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x:0.0}\" y=\"{y:0.0}\" width=\"{width:0.0}\" height=\"{height:0.0}\" fill=\"{colour}\"/>\n");

    private static void Line(StringBuilder svg, double x1, double y1, double x2, double y2, string colour, string dashes = "none") =>
        svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{x1:0.0}\" y1=\"{y1:0.0}\" x2=\"{x2:0.0}\" y2=\"{y2:0.0}\" stroke=\"{colour}\" stroke-dasharray=\"{dashes}\"/>\n");

    private static void Text(StringBuilder svg, double x, double y, string text, string anchor, string colour, int size = 12) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.0}\" y=\"{y:0.0}\" text-anchor=\"{anchor}\" fill=\"{colour}\" font-size=\"{size}\">{WebUtility.HtmlEncode(text)}</text>\n");
}
