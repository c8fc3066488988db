using System.Runtime.InteropServices;
using System.Text.Json;
using Gateway.Api.Requests;

namespace Gateway.Api.Batches.Lines;

/// <summary>One request of a batch: <c>{"custom_id","method":"POST","url","body"}</c> (https://platform.openai.com/docs/api-reference/batch/request-input).</summary>
/// <param name="CustomId">How its sender knows it again; null where that cannot be read.</param>
/// <param name="Body">The request; empty where there is a fault.</param>
/// <param name="Fault">Why it is not run.</param>
internal readonly record struct BatchLine(string? CustomId, ReadOnlyMemory<byte> Body, LineFault? Fault)
{
    private const int LongestId = 512;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = RequestScanner.MaxDepth + 1 };

    public static BatchLine Read(RawLine line, string endpoint, int longest)
    {
        if (line.Bytes is not { } bytes)
        {
            return Faulty(null, LineFault.TooLong(longest));
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, Options);
            return Read(document.RootElement, endpoint);
        }
        catch (Exception broken) when (broken is JsonException || (broken is InvalidOperationException text && text.IsOfText()))
        {
            return Faulty(null, LineFault.NoJson);
        }
    }

    private static BatchLine Read(JsonElement line, string endpoint)
    {
        if (line.ValueKind != JsonValueKind.Object)
        {
            return Faulty(null, LineFault.NoJson);
        }

        var id = line.FindText("custom_id") is { Length: > 0 and <= LongestId } text ? text : null;
        var body = line.Find("body");
        return (line.Find("custom_id"), line.Find("method"), line.Find("url"), body) switch
        {
            (null, _, _, _) => Faulty(id, LineFault.Missing("custom_id")),
            _ when id is null => Faulty(id, LineFault.WrongType("custom_id", $"a string of 1 to {LongestId} characters")),
            (_, null, _, _) => Faulty(id, LineFault.Missing("method")),
            _ when line.FindText("method") != "POST" => Faulty(id, LineFault.WrongMethod),
            (_, _, null, _) => Faulty(id, LineFault.Missing("url")),
            _ when line.FindText("url") != endpoint => Faulty(id, LineFault.WrongUrl(endpoint)),
            (_, _, _, null) => Faulty(id, LineFault.Missing("body")),
            _ when body!.Value.ValueKind != JsonValueKind.Object => Faulty(id, LineFault.WrongType("body", "an object")),
            _ when body.Value.IsTrue("stream") => Faulty(id, LineFault.NoStream),
            _ when body.Value.IsTrue("background") => Faulty(id, LineFault.NoBackground),
            _ => new BatchLine(id, JsonMarshal.GetRawUtf8Value(body.Value).ToArray(), null),
        };
    }

    private static BatchLine Faulty(string? id, LineFault fault) => new(id, default, fault);
}
