namespace CabinMood.Core.Faces;

/// <summary>Says which of several faces is the driver's.</summary>
public static class DriverSelection
{
    /// <summary>
    /// The index of the driver's face, or -1 when the zone is empty. Within the zone the face that overlaps the
    /// driver's last place wins, so that somebody leaning in does not take over; without one, the largest does.
    /// </summary>
    /// <param name="faces">All faces of the frame, in pixels.</param>
    /// <param name="zone">Where the driver sits.</param>
    /// <param name="frameWidth">Frame width in pixels.</param>
    /// <param name="frameHeight">Frame height in pixels.</param>
    /// <param name="last">The driver's last box in pixels, if known.</param>
    public static int Choose(ReadOnlySpan<DetectedFace> faces, DriverZone zone, int frameWidth, int frameHeight, Box? last = null)
    {
        // An overlap of 0.3 between consecutive looks still is the same head in motion; two heads side by side overlap far less.
        const float SameHead = 0.3f;
        var best = -1;
        var bestOverlap = SameHead;
        var largest = -1;
        for (var i = 0; i < faces.Length; i++)
        {
            var box = faces[i].Box;
            if (!zone.Contains(box, frameWidth, frameHeight))
            {
                continue;
            }

            if (largest < 0 || box.Area > faces[largest].Box.Area)
            {
                largest = i;
            }

            if (last is { } place && box.IntersectionOverUnion(place) is var overlap && overlap >= bestOverlap)
            {
                best = i;
                bestOverlap = overlap;
            }
        }

        return best >= 0 ? best : largest;
    }
}
