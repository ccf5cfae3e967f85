using System.Globalization;
using System.Net;
using System.Text;

namespace CabinMood.Service.Songs.Evaluation;

/// <summary>Draws a comparison: how well each way of choosing is liked, song after song.</summary>
internal static class SongEvaluationSvg
{
    // Pixels of the drawing.
    private const double Width = 1000;
    private const double Height = 460;
    private const double Left = 60;
    private const double Right = 800;
    private const double Top = 50;
    private const double Bottom = 400;

    // Single songs scatter; a mean over this many shows the way.
    private const int Window = 20;

    // Where learning happens; the rest of a long session is flat.
    private const int MostSongs = 300;

    private static readonly string[] Colours = ["#b8c4cc", "#8d6e63", "#6dbfa3", "#5d7fb9", "#d1495b", "#f2b134", "#444444"];

    /// <summary>The drawing as SVG text.</summary>
    internal static string Draw(SongEvaluation evaluation)
    {
        var songs = Math.Min(evaluation.SongsPerSession, MostSongs);
        var curves = Contender.All.Select(contender => Smoothed([.. evaluation.Curve(contender).Take(songs)])).ToList();
        var low = Math.Floor(10 * curves.Min(curve => curve.Min())) / 10;
        var high = Math.Ceiling(10 * curves.Max(curve => curve.Max())) / 10;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        Text(svg, Left, 28, $"How well songs are liked, mean of {evaluation.Seeds} simulated listeners and {Window} songs", "start", 15);
        for (var value = low; value <= high + 0.001; value += 0.1)
        {
            var y = Y(value);
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Left}\" y1=\"{y:0.0}\" x2=\"{Right}\" y2=\"{y:0.0}\" stroke=\"#eee\"/>\n");
            Text(svg, Left - 8, y + 4, value.ToString("0.0", CultureInfo.InvariantCulture), "end");
        }

        for (var song = 0; song <= songs; song += 50)
        {
            Text(svg, X(song), Bottom + 18, song.ToString(CultureInfo.InvariantCulture), "middle");
        }

        Text(svg, (Left + Right) / 2, Bottom + 38, "songs heard", "middle");
        for (var i = 0; i < curves.Count; i++)
        {
            var points = string.Join(' ', curves[i].Select((value, song) => string.Create(CultureInfo.InvariantCulture, $"{X(song + Window / 2.0):0.0},{Y(value):0.0}")));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{points}\" fill=\"none\" stroke=\"{Colours[i]}\" stroke-width=\"2\"/>\n");
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{Right + 20}\" y1=\"{Top + 24 * i}\" x2=\"{Right + 44}\" y2=\"{Top + 24 * i}\" stroke=\"{Colours[i]}\" stroke-width=\"3\"/>\n");
            Text(svg, Right + 52, Top + 24 * i + 4, Contender.All[i].Name, "start");
        }

        var gap = evaluation.GapClosed;
        Text(svg, Right + 20, Bottom - 20, string.Create(CultureInfo.InvariantCulture, $"gap closed: {gap.Mean:0 %}"), "start");
        Text(svg, Right + 20, Bottom, string.Create(CultureInfo.InvariantCulture, $"(95 %: {gap.Low:0 %} to {gap.High:0 %})"), "start");
        return svg.Append("</svg>\n").ToString();

        double X(double song) => Left + (Right - Left) * song / songs;
        double Y(double value) => Bottom - (Bottom - Top) * (value - low) / (high - low);
    }

    private static double[] Smoothed(double[] values) =>
        [.. Enumerable.Range(0, Math.Max(1, values.Length - Window + 1)).Select(i => values.Skip(i).Take(Window).Average())];

    private static void Text(StringBuilder svg, double x, double y, string text, string anchor, int size = 12) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.0}\" y=\"{y:0.0}\" text-anchor=\"{anchor}\" fill=\"#333\" font-size=\"{size}\">{WebUtility.HtmlEncode(text)}</text>\n");
}
