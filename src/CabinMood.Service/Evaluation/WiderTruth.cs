using System.Globalization;
using CabinMood.Core.Faces;
using CabinMood.Service.Commands;

namespace CabinMood.Service.Evaluation;

/// <summary>The faces of one picture as a WIDER FACE <c>bbx_gt</c> file gives them.</summary>
/// <param name="Picture">Path relative to the picture folder.</param>
/// <param name="Faces">Boxes in pixels.</param>
/// <param name="Invalid">Boxes that WIDER marks as invalid: finding them is neither right nor wrong.</param>
public sealed record WiderTruth(string Picture, IReadOnlyList<Box> Faces, IReadOnlyList<Box> Invalid)
{
    private const int InvalidColumn = 7;

    /// <summary>
    /// Reads a truth file: per picture its path, the number of faces, and one line <c>x y w h blur expression
    /// illumination invalid occlusion pose</c> each; after a zero stands one line of zeros.
    /// </summary>
    /// <exception cref="CommandFailedException">The file cannot be read or is not of that form.</exception>
    public static IReadOnlyList<WiderTruth> Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"Cannot read the truth file {path}: {e.Message}", e);
        }

        var truths = new List<WiderTruth>();
        for (var line = 0; line < lines.Length;)
        {
            if (lines[line].Trim().Length == 0)
            {
                line++;
                continue;
            }

            var picture = lines[line++].Trim();
            if (line >= lines.Length || !int.TryParse(lines[line].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            {
                throw new CommandFailedException($"{path}, line {line + 1}: the number of faces must follow the picture's path (WIDER bbx_gt format).");
            }

            line++;
            var faces = new List<Box>(count);
            var invalid = new List<Box>();
            for (var i = 0; i < count; i++, line++)
            {
                if (ParseFace(line < lines.Length ? lines[line] : "", path, line + 1) is { } face)
                {
                    (face.IsInvalid ? invalid : faces).Add(face.Box);
                }
            }

            if (count == 0 && line < lines.Length && lines[line].Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: >= 4 } zeros && zeros.All(zero => zero == "0"))
            {
                line++;
            }

            truths.Add(new WiderTruth(picture, faces, invalid));
        }

        return truths.Count > 0 ? truths : throw new CommandFailedException($"{path} names no pictures.");
    }

    private static (Box Box, bool IsInvalid)? ParseFace(string line, string path, int number)
    {
        var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var values = new float[Math.Min(columns.Length, InvalidColumn + 1)];
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.TryParse(columns[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]))
            {
                values = [];
                break;
            }
        }

        if (values.Length < 4)
        {
            throw new CommandFailedException($"{path}, line {number}: '{line}' is no face; expected x y w h and more.");
        }

        var isInvalid = values.Length > InvalidColumn && values[InvalidColumn] == 1;
        return values[2] <= 0 || values[3] <= 0
            ? null
            : (new Box(values[0], values[1], values[0] + values[2], values[1] + values[3]), isInvalid);
    }
}
