using System.Text.Json.Serialization;

namespace Gateway.Api.Flags;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FlagSwitch))]
[JsonSerializable(typeof(List<FlagSwitch>))]
internal sealed partial class FlagJson : JsonSerializerContext;
