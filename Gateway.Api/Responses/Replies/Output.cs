using System.Text;
using System.Text.Json;
using Gateway.Api.Responses.Requests;

namespace Gateway.Api.Responses.Replies;

/// <summary>The items of one answer as they come: at most one of them, the last, is open, and at most one part of it.</summary>
internal sealed class Output(string responseId) : IDisposable
{
    private readonly List<OutputItem> _items = [];
    private readonly OutputText _text = new();
    private readonly OutputText _logprobs = new();
    private PartKind? _openPart;
    private int _partStart;
    private int _logprobsStart;

    public IReadOnlyList<OutputItem> Items => _items;

    /// <summary>The item that is growing; null between two.</summary>
    public OutputItem? Open => _items is [.., { Status: OutputStatus.InProgress } last] ? last : null;

    /// <summary>The part that is growing.</summary>
    public PartKind? OpenPart => _openPart;

    public ReadOnlySpan<byte> TextOf(Range range) => _text[range];

    public ReadOnlySpan<byte> LogprobsOf(Range range) => _logprobs[range];

    public OutputItem Begin(OutputKind kind)
    {
        var prefix = kind switch { OutputKind.Message => "msg", OutputKind.Reasoning => "rs", _ => "fc" };
        _items.Add(new OutputItem(kind, ResponseIds.OfOutput(responseId, prefix, _items.Count), _items.Count));
        return _items[^1];
    }

    public OutputItem BeginCall(ReadOnlySpan<byte> callId, ReadOnlySpan<byte> name)
    {
        var call = new OutputItem(OutputKind.FunctionCall, ResponseIds.OfOutput(responseId, "fc", _items.Count), _items.Count)
        {
            CallId = _text.AppendString(callId),
            Name = _text.AppendString(name),
        };
        _items.Add(call);
        return call;
    }

    /// <summary>Adds an item that is there in full.</summary>
    public OutputItem Add(OutputKind kind, Action<Utf8JsonWriter> members)
    {
        var prefix = kind switch { OutputKind.McpListTools => "mcpl", OutputKind.McpCall => "mcp", _ => "mcpr" };
        var id = ResponseIds.OfOutput(responseId, prefix, _items.Count);
        _items.Add(new OutputItem(kind, id, _items.Count) { Members = members, Status = OutputStatus.Completed });
        return _items[^1];
    }

    public void BeginPart(PartKind kind)
    {
        (_openPart, _partStart, _logprobsStart) = (kind, _text.Length, _logprobs.Length);
        _text.Append("\""u8);
    }

    public void Append(ReadOnlySpan<byte> text) => _text.Append(text);

    /// <param name="list">The inside of a JSON list.</param>
    public void AppendLogprobs(ReadOnlySpan<byte> list)
    {
        if (!list.IsEmpty)
        {
            _logprobs.Append(_logprobs.Length > _logprobsStart ? ","u8 : default);
            _logprobs.Append(list);
        }
    }

    public OutputPart EndPart()
    {
        _text.Append("\""u8);
        var part = new OutputPart(_openPart!.Value, _partStart.._text.Length, _logprobsStart.._logprobs.Length);
        _items[^1].Parts.Add(part);
        _openPart = null;
        return part;
    }

    /// <summary>Notes what makes the open item's reasoning good to be sent back.</summary>
    /// <param name="signature">As it stands in a JSON string.</param>
    public void Sign(ReadOnlySpan<byte> signature)
    {
        var words = _items[^1].Parts is [var part] ? Encoding.UTF8.GetString(_text[part.Text]) : "\"\"";
        Seal($$"""[{"type":"thinking","thinking":{{words}},"signature":"{{Encoding.UTF8.GetString(signature)}}"}]""");
    }

    public void Redact(ReadOnlySpan<byte> data) => Seal($$"""[{"type":"redacted_thinking","data":"{{Encoding.UTF8.GetString(data)}}"}]""");

    public void Dispose()
    {
        _text.Dispose();
        _logprobs.Dispose();
    }

    private void Seal(string blocks) => _items[^1].EncryptedContent = ReasoningItem.Seal(Encoding.UTF8.GetBytes(blocks));
}
