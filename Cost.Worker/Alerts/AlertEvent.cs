using System.Text.Json.Serialization;

namespace Cost.Worker.Alerts;

/// <summary>What became of an alert.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AlertEvent>))]
internal enum AlertEvent
{
    [JsonStringEnumMemberName("alert.raised")]
    Raised,

    [JsonStringEnumMemberName("alert.escalated")]
    Escalated,

    [JsonStringEnumMemberName("alert.eased")]
    Eased,

    [JsonStringEnumMemberName("alert.resolved")]
    Resolved,
}
