using System.Text.Json.Serialization;

namespace CabinMood.Vision.ModelCards;

/// <summary>
/// How a net wants its picture: net input = (pixel 0..255 - mean[c]) / std[c], float32 NCHW. The camera's grey plane is
/// repeated for nets with three channels.
/// </summary>
public sealed record ModelInput
{
    /// <summary>The input's name inside the net.</summary>
    public required string Name { get; init; }

    /// <summary>Order of the dimensions; only <c>NCHW</c> is known.</summary>
    public required string Layout { get; init; }

    /// <summary>What the channels are.</summary>
    public required InputChannels Channels { get; init; }

    /// <summary>Width in pixels that the net is fixed to; null when any width goes.</summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels that the net is fixed to; null when any height goes.</summary>
    public int? Height { get; init; }

    /// <summary>Width and height must be multiples of this many pixels; 1 when left out.</summary>
    public int MultipleOf { get; init; } = 1;

    /// <summary>Per channel, in pixel values 0..255: taken off each pixel first.</summary>
    public required float[] Mean { get; init; }

    /// <summary>Per channel, in pixel values: each pixel is divided by it last.</summary>
    public required float[] Std { get; init; }

    /// <summary>How many channels the net has.</summary>
    [JsonIgnore]
    public int ChannelCount => Channels == InputChannels.Grey ? 1 : 3;
}
