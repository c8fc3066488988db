using System.Text.Json;
using System.Text.Unicode;
using Gateway.Api.Requests;

namespace Gateway.Tests.Fuzz.Requests;

/// <summary>What <see cref="RequestScanner"/> has to say of a body, worked out from a document: slow, simple, and by somebody else's parser.</summary>
internal static class DocumentOracle
{
    /// <summary>Null where the body is to be refused. Of the fields, those that are values.</summary>
    public static RequestFields? Read(byte[] body, Operation operation)
    {
        if (!Utf8.IsValid(body))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = RequestScanner.MaxDepth });
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement, operation) : null;
        }
        catch (Exception invalid) when (invalid is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Null where its escapes make no text.</summary>
    public static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static RequestFields? Read(JsonElement root, Operation operation)
    {
        // A second one is refused where the first said something; null says nothing of model and input.
        if (OnlyValue(root, "model") is not { ValueKind: JsonValueKind.String } named || OnlyValue(root, operation.InputField) is not { } input || Values(root, "stream").Count > 1)
        {
            return null;
        }

        var model = named.GetString()!;
        var stream = Last(root, "stream")?.ValueKind ?? JsonValueKind.Null;
        if (model.Length == 0 || stream is not (JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null) || !(operation == Operation.Chat ? AreMessages(input) : IsInput(input)))
        {
            return null;
        }

        int? choices = Last(root, "n") is { ValueKind: not JsonValueKind.Null } n ? n.ValueKind == JsonValueKind.Number && n.TryGetInt32(out var number) ? number : null : 1;
        var isList = operation != Operation.Chat && input.ValueKind == JsonValueKind.Array;
        var inputs = isList && !input.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Number) ? input.GetArrayLength() : 1;
        var most = (Int128)Math.Max(choices ?? 1, Count(root, "best_of") ?? 1) * inputs;
        return new RequestFields(
            model,
            default,
            stream == JsonValueKind.True,
            isList ? null : choices,
            Last(root, "stream_options") is { ValueKind: JsonValueKind.Object } options && Last(options, "include_usage") is { ValueKind: JsonValueKind.True },
            null,
            Count(root, "max_completion_tokens") ?? Count(root, "max_tokens"),
            (long)Int128.Min(most, long.MaxValue),
            !operation.MakesText || (Last(root, "temperature") is { ValueKind: JsonValueKind.Number } temperature && temperature.TryGetDouble(out var degrees) && degrees == 0));
    }

    private static List<JsonElement> Values(JsonElement element, string name) => [.. element.EnumerateObject().Where(property => NameOf(property) == name).Select(property => property.Value)];

    private static JsonElement? Last(JsonElement element, string name) => Values(element, name) is [.., var last] ? last : null;

    private static JsonElement? OnlyValue(JsonElement root, string name) => Values(root, name) is [{ ValueKind: not JsonValueKind.Null } only] ? only : null;

    private static long? Count(JsonElement root, string name) => Last(root, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var count) && count > 0 ? count : null;

    private static bool AreMessages(JsonElement input) =>
        input.ValueKind == JsonValueKind.Array && input.GetArrayLength() > 0
        && input.EnumerateArray().All(message => message.ValueKind == JsonValueKind.Object && Values(message, "role") is { Count: > 0 } roles && roles.All(role => role.ValueKind == JsonValueKind.String));

    private static bool IsInput(JsonElement input) => input.ValueKind == JsonValueKind.String || (input.ValueKind == JsonValueKind.Array && input.GetArrayLength() > 0);
}
