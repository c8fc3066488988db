using System.Text.Json.Serialization;

namespace Cost.Worker.Requests;

/// <summary>How the request log looks as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RequestPage))]
internal sealed partial class RequestJson : JsonSerializerContext;
