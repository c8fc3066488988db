using System.Text.Json.Serialization;

namespace Gateway.Api.Files;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredFile))]
internal sealed partial class FilesJson : JsonSerializerContext;
