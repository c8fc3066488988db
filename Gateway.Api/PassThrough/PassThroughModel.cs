using System.Buffers;
using System.Text.Json;

namespace Gateway.Api.PassThrough;

/// <summary>Finds the model that a request or a reply names, without holding either up.</summary>
internal static class PassThroughModel
{
    public const string Unknown = "";

    private const int MaxLength = 128;

    /// <summary>
    /// The model of a request: in the first bytes of a JSON body, which stay to be read, or in the query, where a WebSocket has it.
    /// <see cref="Unknown"/> where it is in neither.
    /// </summary>
    /// <exception cref="IOException">The caller broke off.</exception>
    public static async ValueTask<string> PeekAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.Headers.Upgrade.Count > 0)
        {
            return Checked(request.Query["model"]);
        }

        if (!IsJson(request.ContentType))
        {
            return Unknown;
        }

        var read = await request.BodyReader.ReadAsync(cancellationToken);
        var model = Find(read.Buffer, read.IsCompleted);
        request.BodyReader.AdvanceTo(read.Buffer.Start);
        return model;
    }

    public static bool IsJson(string? contentType) => contentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true;

    public static bool IsEventStream(string? contentType) => contentType?.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The <c>model</c> of a JSON object of which only the beginning may be there.</summary>
    public static string Find(in ReadOnlySequence<byte> json, bool isWhole)
    {
        var reader = new Utf8JsonReader(json, isWhole, default);
        try
        {
            return Find(ref reader);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // What the body is worth is for the provider to say.
            return Unknown;
        }
    }

    private static string Find(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return Unknown;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isModel = reader.Is("model"u8);
            if (!reader.Read())
            {
                break;
            }

            if (isModel)
            {
                return reader.TokenType == JsonTokenType.String ? Checked(reader.GetString()) : Unknown;
            }

            if (!reader.TrySkip())
            {
                break;
            }
        }

        return Unknown;
    }

    // It goes into a header and into the books: visible ASCII, and not for ever.
    private static string Checked(string? model) =>
        model is { Length: > 0 and <= MaxLength } && !model.AsSpan().ContainsAnyExceptInRange('!', '~') ? model : Unknown;
}
