using System.Text.Json.Serialization;

namespace Cost.Worker.Alerts;

/// <summary>How alerts look as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AlertMessage))]
[JsonSerializable(typeof(Alert[]))]
[JsonSerializable(typeof(AlertList))]
internal sealed partial class AlertJson : JsonSerializerContext;
