using System.Globalization;

namespace CabinMood.Core.Faces;

/// <summary>
/// The part of the image in which the driver sits, in fractions of the frame (0 to 1) after mirroring.
/// A face belongs to the zone when its box's centre does. Whoever sits outside is never the driver.
/// </summary>
public readonly record struct DriverZone(Box Fractions)
{
    /// <summary>The left half of the image.</summary>
    public static DriverZone ImageLeft { get; } = new(new Box(0, 0, 0.5f, 1));

    /// <summary>The right half of the image.</summary>
    public static DriverZone ImageRight { get; } = new(new Box(0.5f, 0, 1, 1));

    /// <summary>The whole image: for cameras that see nobody but the driver.</summary>
    public static DriverZone Whole { get; } = new(new Box(0, 0, 1, 1));

    /// <summary>True when the face's centre lies in the zone of a frame of this size (pixels).</summary>
    public bool Contains(Box face, int frameWidth, int frameHeight) =>
        Fractions.Contains(face.CenterX / frameWidth, face.CenterY / frameHeight);

    /// <summary>
    /// Reads <c>image-left</c>, <c>image-right</c>, <c>whole</c>, or four fractions <c>left,top,right,bottom</c>
    /// such as <c>0,0.1,0.6,1</c>. White space around them is ignored. What is none of these gives a zone that contains nobody.
    /// </summary>
    public static bool TryParse(string? text, out DriverZone zone)
    {
        zone = default;
        switch (text?.Trim())
        {
            case "image-left":
                zone = ImageLeft;
                return true;
            case "image-right":
                zone = ImageRight;
                return true;
            case "whole":
                zone = Whole;
                return true;
            case null:
                return false;
        }

        var parts = text.Split(',');
        Span<float> edges = stackalloc float[4];
        if (parts.Length != edges.Length)
        {
            return false;
        }

        for (var i = 0; i < edges.Length; i++)
        {
            if (!float.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out edges[i])
                || !(edges[i] >= 0 && edges[i] <= 1))
            {
                return false;
            }
        }

        zone = new DriverZone(new Box(edges[0], edges[1], edges[2], edges[3]));
        return zone.Fractions.Area > 0;
    }
}
