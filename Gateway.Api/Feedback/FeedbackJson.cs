using System.Text.Json.Serialization;

namespace Gateway.Api.Feedback;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FeedbackEntry))]
internal sealed partial class FeedbackJson : JsonSerializerContext;
