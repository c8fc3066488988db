using System.Text.Json.Serialization;

namespace ServiceDefaults.Usage;

/// <summary>Why a request needed no call of a provider for itself.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AvoidedBy>))]
public enum AvoidedBy
{
    /// <summary>It needed one.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>The same request had been answered before.</summary>
    [JsonStringEnumMemberName("cache")]
    Cache,

    /// <summary>A request of the same meaning had been answered before.</summary>
    [JsonStringEnumMemberName("semantic_cache")]
    SemanticCache,

    /// <summary>The same request was under way, and its answer was given to both.</summary>
    [JsonStringEnumMemberName("single_flight")]
    SingleFlight,

    /// <summary>Its call was made together with others'; each was paid for.</summary>
    [JsonStringEnumMemberName("grouping")]
    Grouping,
}
