using CabinMood.Core;
using CabinMood.Core.Faces;

namespace CabinMood.Vision.Capture;

/// <summary>The configuration section <c>Camera</c>.</summary>
public sealed class CameraOptions
{
    /// <summary>Where frames come from; see <see cref="FrameSourceUri"/>. Default <c>/dev/video0</c>.</summary>
    public string Source { get; set; } = "/dev/video0";

    /// <summary>
    /// Where the driver sits in the image after mirroring: <c>image-left</c>, <c>image-right</c>, <c>whole</c>, or four
    /// fractions <c>left,top,right,bottom</c>. Default <c>whole</c>.
    /// </summary>
    public string DriverZone { get; set; } = "whole";

    /// <summary>True flips the image left to right before anything looks at it. Default false.</summary>
    public bool Mirror { get; set; }

    /// <summary>Seconds without a frame after which the source is reopened, 0.5 to 60. Default 5.</summary>
    public double StallSeconds { get; set; } = 5;

    /// <summary>True plays a file or folder again and again. Default false.</summary>
    public bool Loop { get; set; }

    /// <summary>Adds what is wrong with these options.</summary>
    public void Validate(ICollection<ConfigurationError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        try
        {
            FrameSourceUri.Parse(Source ?? "");
        }
        catch (FormatException exception)
        {
            errors.Add(new ConfigurationError("Camera:Source", $"cannot be used: {exception.Message}."));
        }

        if (!Core.Faces.DriverZone.TryParse(DriverZone, out _))
        {
            errors.Add(new ConfigurationError("Camera:DriverZone", $"is '{DriverZone}'; it must be image-left, image-right, whole, or four fractions left,top,right,bottom in 0..1."));
        }

        ConfigurationError.CheckRange(errors, "Camera:StallSeconds", StallSeconds, 0.5, 60, "seconds");
    }

    /// <summary>The driver's zone, parsed.</summary>
    /// <exception cref="FormatException">The text is no zone; <see cref="Validate"/> says so beforehand.</exception>
    public DriverZone Zone() => Core.Faces.DriverZone.TryParse(DriverZone, out var zone)
        ? zone
        : throw new FormatException($"'{DriverZone}' is no driver zone");
}
