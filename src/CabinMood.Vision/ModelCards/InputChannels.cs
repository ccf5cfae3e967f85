using System.Text.Json.Serialization;

namespace CabinMood.Vision.ModelCards;

/// <summary>What a net's input channels are.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InputChannels>))]
public enum InputChannels
{
    /// <summary>One channel of luma.</summary>
    [JsonStringEnumMemberName("grey")]
    Grey,

    /// <summary>Blue, green, red.</summary>
    [JsonStringEnumMemberName("bgr")]
    Bgr,

    /// <summary>Red, green, blue.</summary>
    [JsonStringEnumMemberName("rgb")]
    Rgb,
}
