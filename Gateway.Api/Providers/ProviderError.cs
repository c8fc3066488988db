using System.Text.Json;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Providers;

/// <summary>
/// The error that a provider sent, in whichever of the usual shapes: <c>{"error":{"message","type","param","code"}}</c>,
/// <c>{"error":"…"}</c>, <c>{"message":"…"}</c> or <c>{"detail":"…"}</c>.
/// </summary>
internal sealed record ProviderError(string Message, string? Type = null, string? Param = null, string? Code = null)
{
    private const string NoWords = "The provider gave no reason.";

    public static ProviderError Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return Read(json.RootElement);
        }
        catch (Exception noWords) when (noWords is JsonException || (noWords is InvalidOperationException text && text.IsOfText()))
        {
            return new ProviderError(NoWords);
        }
    }

    public static ProviderError Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return new ProviderError(NoWords);
        }

        return root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
            ? new ProviderError(Text(error, "message") ?? NoWords, Text(error, "type"), Text(error, "param"), Text(error, "code"))
            : new ProviderError(Text(root, "error") ?? Text(root, "message") ?? Text(root, "detail") ?? NoWords, Param: Text(root, "param"));
    }

    /// <param name="status">The status to answer with.</param>
    /// <param name="code">What this gateway calls the error; null keeps the provider's own code.</param>
    public Refusal ToRefusal(int status, string? code) => new(status, Type ?? Refusal.InvalidRequestError, code ?? Code, Message, Param);

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
