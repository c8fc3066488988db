using System.Text.Json.Serialization;

namespace ServiceDefaults.Usage;

/// <summary>Where the token counts of a <see cref="UsageEvent"/> come from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TokenSource>))]
public enum TokenSource
{
    /// <summary>No model was called, or it made nothing.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>The provider said so.</summary>
    [JsonStringEnumMemberName("reported")]
    Reported,

    /// <summary>The provider said nothing, or nothing that can be: worked out from the bytes that passed.</summary>
    [JsonStringEnumMemberName("estimated")]
    Estimated,
}
