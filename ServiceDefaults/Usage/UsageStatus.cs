using System.Text.Json.Serialization;

namespace ServiceDefaults.Usage;

/// <summary>How a request ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UsageStatus>))]
public enum UsageStatus
{
    /// <summary>Answered in full.</summary>
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>The gateway refused it, and called no provider.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,

    /// <summary>No provider answered it, or the answer broke off.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>The caller left before the end.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,

    /// <summary>Answered from the gateway's cache.</summary>
    [JsonStringEnumMemberName("cached")]
    Cached,
}
