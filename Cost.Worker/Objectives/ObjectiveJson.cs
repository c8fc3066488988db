using System.Text.Json.Serialization;

namespace Cost.Worker.Objectives;

/// <summary>How objectives look as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(KeptCounts))]
[JsonSerializable(typeof(ObjectiveList))]
internal sealed partial class ObjectiveJson : JsonSerializerContext;
