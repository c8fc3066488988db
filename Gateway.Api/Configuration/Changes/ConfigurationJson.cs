using System.Text.Json.Serialization;

namespace Gateway.Api.Configuration.Changes;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConfigurationVersion))]
[JsonSerializable(typeof(List<ConfigurationVersion>))]
internal sealed partial class ConfigurationJson : JsonSerializerContext;
