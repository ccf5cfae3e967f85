namespace CabinMood.Core.Faces;

/// <summary>An axis-aligned rectangle. In pixels with the origin at the image's top left unless a member says otherwise.</summary>
public readonly record struct Box(float Left, float Top, float Right, float Bottom)
{
    /// <summary>Horizontal extent; never negative.</summary>
    public float Width => MathF.Max(0, Right - Left);

    /// <summary>Vertical extent; never negative.</summary>
    public float Height => MathF.Max(0, Bottom - Top);

    /// <summary>Width times height.</summary>
    public float Area => Width * Height;

    /// <summary>Horizontal centre.</summary>
    public float CenterX => (Left + Right) * 0.5f;

    /// <summary>Vertical centre.</summary>
    public float CenterY => (Top + Bottom) * 0.5f;

    /// <summary>True when the point lies inside; the right and bottom edges are outside, so that neighbouring boxes never share a point.</summary>
    public bool Contains(float x, float y) => x >= Left && x < Right && y >= Top && y < Bottom;

    /// <summary>Intersection over union with another box, 0 to 1; 0 when both are empty.</summary>
    public float IntersectionOverUnion(Box other)
    {
        var width = MathF.Min(Right, other.Right) - MathF.Max(Left, other.Left);
        var height = MathF.Min(Bottom, other.Bottom) - MathF.Max(Top, other.Top);
        if (width <= 0 || height <= 0)
        {
            return 0;
        }

        var intersection = width * height;
        return intersection / (Area + other.Area - intersection);
    }
}
