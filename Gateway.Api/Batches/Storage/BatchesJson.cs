using System.Text.Json.Serialization;

namespace Gateway.Api.Batches.Storage;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(StoredBatch))]
[JsonSerializable(typeof(KeptBatch))]
internal sealed partial class BatchesJson : JsonSerializerContext;
