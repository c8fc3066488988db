using System.Text.Json.Serialization;

namespace Cost.Worker.Alerts;

/// <summary>How bad it is; the later the worse.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Severity>))]
internal enum Severity
{
    /// <summary>Worth knowing.</summary>
    [JsonStringEnumMemberName("info")]
    Info,

    /// <summary>Somebody should look at it within the day.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>Somebody should look at it now.</summary>
    [JsonStringEnumMemberName("critical")]
    Critical,
}
