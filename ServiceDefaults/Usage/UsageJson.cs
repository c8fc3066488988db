using System.Text.Json.Serialization;

namespace ServiceDefaults.Usage;

/// <summary>How usage events and batches look as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(UsageEvent))]
[JsonSerializable(typeof(UsageBatchHeader))]
[JsonSerializable(typeof(IReadOnlyList<ToolCallUsage>))]
public sealed partial class UsageJson : JsonSerializerContext;
