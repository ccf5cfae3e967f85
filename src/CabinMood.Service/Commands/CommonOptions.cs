using System.CommandLine;
using CabinMood.Core.Faces;
using CabinMood.Service.Options;
using CabinMood.Vision.Capture;

namespace CabinMood.Service.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    /// <summary>The configuration that is there when nobody names one.</summary>
    public static string DefaultFile => AppFolder.Resolve(DefaultName);

    private const string DefaultName = "configs/cabinmood.json";

    public static Option<string?> Config() => new("--config")
    {
        Description = $"The configuration file. Default: {DefaultName} in the program's folder.",
        HelpName = "FILE",
    };

    public static Option<bool> Json() => new("--json") { Description = "One JSON object per line instead of text." };

    public static Option<string?> Zone()
    {
        var zone = new Option<string?>("--zone")
        {
            Description = "Where the driver sits: image-left, image-right, whole, or fractions left,top,right,bottom. Default: Camera:DriverZone.",
            HelpName = "ZONE",
        };
        zone.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } text && !DriverZone.TryParse(text, out _))
            {
                result.AddError($"--zone is '{text}'; it must be image-left, image-right, whole, or four fractions left,top,right,bottom.");
            }
        });
        return zone;
    }

    /// <summary>What a person named as a source or medium.</summary>
    /// <exception cref="CommandFailedException">It is no kind of source.</exception>
    public static FrameSourceUri ParseSource(string text)
    {
        try
        {
            return FrameSourceUri.Parse(text);
        }
        catch (FormatException e)
        {
            throw new CommandFailedException(e.Message, e);
        }
    }

    /// <summary>Reads what <c>--config</c> names, else the default file.</summary>
    /// <exception cref="ConfigurationException">It cannot be used.</exception>
    public static CabinMoodOptions Load(string? file)
    {
        var options = ConfigurationFile.Read(file ?? DefaultFile);
        options.Camera.Source = ResolveSource(options.Camera.Source);
        options.Perception.DetectorCard = AppFolder.Resolve(options.Perception.DetectorCard);
        options.Perception.EmotionCard = AppFolder.Resolve(options.Perception.EmotionCard);
        options.Songs.Catalogue = AppFolder.Resolve(options.Songs.Catalogue);
        return options;
    }

    // Files that ship with the program are named from its folder, like everything else in the configuration; devices,
    // addresses and launch lines are left alone.
    private static string ResolveSource(string source) => Path.Exists(AppFolder.Resolve(source)) ? AppFolder.Resolve(source) : source;
}
