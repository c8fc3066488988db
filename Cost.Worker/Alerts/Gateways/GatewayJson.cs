using System.Text.Json.Serialization;

namespace Cost.Worker.Alerts.Gateways;

/// <summary>What is read of the gateway's answers.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(KeyList))]
[JsonSerializable(typeof(TargetList))]
[JsonSerializable(typeof(ShownConfiguration))]
internal sealed partial class GatewayJson : JsonSerializerContext;
