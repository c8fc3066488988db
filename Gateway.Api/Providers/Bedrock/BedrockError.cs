using System.Text;
using System.Text.Json;
using Gateway.Api.Providers.Bedrock.Streams;

namespace Gateway.Api.Providers.Bedrock;

/// <summary>What Bedrock says went wrong.</summary>
/// <param name="Name">The exception's name, such as <c>ThrottlingException</c>; empty where there is none.</param>
/// <param name="Message">Bedrock's words.</param>
/// <param name="Status">The HTTP status; 0 in a stream, where there is none.</param>
internal sealed record BedrockError(string Name, string Message, int Status)
{
    private const string NoWords = "Bedrock gave no reason.";
    private const string TypeHeader = "x-amzn-errortype";

    /// <summary>When it is worth trying again, where Bedrock says so.</summary>
    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>Reads <c>{"__type":"…","message":"…"}</c> and the header that names it too.</summary>
    public static BedrockError Read(HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        var named = response.Headers.TryGetValues(TypeHeader, out var types) ? types.First() : null;
        var (name, message) = Read(body);
        return new BedrockError(Shorten(named ?? name), message ?? NoWords, (int)response.StatusCode) { RetryAfter = response.Headers.RetryAfter?.Delta };
    }

    /// <summary>Reads a frame that is no event: an exception, named in a header with its words in the payload; or an error, all of it in headers.</summary>
    public static BedrockError Read(EventFrame frame)
    {
        var (name, message) = Read(frame.Payload);
        var named = frame.ErrorName.IsEmpty ? name : Encoding.UTF8.GetString(frame.ErrorName.Span);
        return new BedrockError(Shorten(named), message ?? (frame.ErrorMessage.IsEmpty ? NoWords : Encoding.UTF8.GetString(frame.ErrorMessage.Span)), Status: 0);
    }

    private static (string? Name, string? Message) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            return (root.FindText("__type"), root.FindText("message") ?? root.FindText("Message"));
        }
        catch (Exception noWords) when (noWords is JsonException || (noWords is InvalidOperationException text && text.IsOfText()))
        {
            return (null, null);
        }
    }

    // "com.amazon.coral.service#ThrottlingException:http://internal.amazon.com/…"
    private static string Shorten(string? name) => (name ?? "").Split(':')[0].Split('#')[^1];
}
