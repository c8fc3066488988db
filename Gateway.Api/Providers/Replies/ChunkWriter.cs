using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Providers.Replies;

/// <summary>
/// Writes the chunks of a stream as server-sent events. What is the same in each is made once; a JSON string that came goes on with the
/// very bytes it has.
/// </summary>
internal sealed class ChunkWriter
{
    private const int FirstCapacity = 1024;

    private readonly ArrayBufferWriter<byte> _output = new(FirstCapacity);
    private readonly bool _isChat;
    private readonly byte[] _head;
    private readonly byte[] _tail;

    /// <param name="head">What every chunk begins with.</param>
    /// <param name="includesUsage">Whether every chunk has a usage, null in all but the last.</param>
    public ChunkWriter(ReplyHead head, bool includesUsage)
    {
        _isChat = head.IsChat;
        var (kind, created) = (head.IsChat ? "chat.completion.chunk" : "text_completion", head.Created.ToString(CultureInfo.InvariantCulture));
        var fingerprint = head.Fingerprint is { } name ? $"\"system_fingerprint\":{Json.Quote(name)}," : "";
        _head = Encoding.UTF8.GetBytes($$"""data: {"id":{{Json.Quote(head.Id)}},"object":"{{kind}}","created":{{created}},"model":{{Json.Quote(head.Model)}},{{fingerprint}}"choices":[""");
        _tail = [.. includesUsage ? "],\"usage\":null}\n\n"u8 : "]}\n\n"u8];
    }

    public ReadOnlyMemory<byte> Written => _output.WrittenMemory;

    public void Clear() => _output.ResetWrittenCount();

    public void Role()
    {
        if (_isChat)
        {
            Delta("\"role\":\"assistant\",\"content\":\"\""u8);
        }
    }

    /// <param name="text">A JSON string, quotes included.</param>
    public void Content(ReadOnlySpan<byte> text)
    {
        if (_isChat)
        {
            Delta("\"content\":"u8, text);
        }
        else
        {
            Text(text, "null"u8);
        }
    }

    /// <param name="text">A JSON string, quotes included.</param>
    public void Reasoning(ReadOnlySpan<byte> text)
    {
        if (_isChat)
        {
            Delta("\"reasoning_content\":"u8, text);
        }
    }

    /// <param name="text">A JSON string, quotes included.</param>
    public void Refusal(ReadOnlySpan<byte> text) => Delta("\"refusal\":"u8, text);

    /// <summary>A block of reasoning for the caller to send back.</summary>
    public void Thinking(string? words, string? signature, string? redacted)
    {
        if (!_isChat)
        {
            return;
        }

        Begin();
        _output.Write("\"thinking_blocks\":["u8);
        using (var json = new Utf8JsonWriter(_output, Json.WriterOptions))
        {
            MessageParts.WriteThinking(json, words, signature, redacted);
        }

        _output.Write("]"u8);
        End("null"u8);
    }

    public void ToolCall(int index, string? id, string name)
    {
        BeginCall(index);
        _output.Write("\"id\":"u8);
        Write(Json.Quote(id ?? ""));
        _output.Write(",\"type\":\"function\",\"function\":{\"name\":"u8);
        Write(Json.Quote(name));
        _output.Write(",\"arguments\":\"\"}}]"u8);
        End("null"u8);
    }

    /// <param name="index">Which of the answer's calls.</param>
    /// <param name="fragment">A JSON string, quotes included.</param>
    public void Arguments(int index, ReadOnlySpan<byte> fragment)
    {
        BeginCall(index);
        _output.Write("\"function\":{\"arguments\":"u8);
        _output.Write(fragment);
        _output.Write("}}]"u8);
        End("null"u8);
    }

    /// <param name="sequence">The stop sequence that was met, where it is known.</param>
    public void Finish(string reason, string? sequence = null)
    {
        Span<byte> quoted = stackalloc byte[32];
        quoted = quoted[..Encoding.UTF8.GetBytes($"\"{reason}\"", quoted)];
        if (sequence is not null)
        {
            quoted = Encoding.UTF8.GetBytes($"\"{reason}\",\"stop_reason\":{Json.Quote(sequence)}");
        }

        if (!_isChat)
        {
            Text("\"\""u8, quoted);
            return;
        }

        Begin();
        End(quoted);
    }

    public void Usage(ReplyUsage usage)
    {
        _output.Write(_head);
        _output.Write("],"u8);
        using (var json = new Utf8JsonWriter(_output, Json.WriterOptions))
        {
            usage.Write(json);
        }

        _output.Write("}\n\n"u8);
    }

    public void Error(Refusal refusal)
    {
        _output.Write("data: "u8);
        OpenAIErrors.WriteBody(_output, refusal);
        _output.Write("\n\n"u8);
    }

    /// <summary>Stands for an event that could not be read: the relay leaves it out, counts and logs it.</summary>
    public void Malformed() => _output.Write("data: an event that is no JSON\n\n"u8);

    public void Done() => _output.Write("data: [DONE]\n\n"u8);

    private void Delta(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value = default)
    {
        Begin();
        _output.Write(name);
        _output.Write(value);
        End("null"u8);
    }

    private void Begin()
    {
        _output.Write(_head);
        _output.Write("{\"index\":0,\"delta\":{"u8);
    }

    private void End(ReadOnlySpan<byte> finishReason)
    {
        _output.Write("},\"logprobs\":null,\"finish_reason\":"u8);
        _output.Write(finishReason);
        _output.Write("}"u8);
        _output.Write(_tail);
    }

    private void BeginCall(int index)
    {
        Begin();
        _output.Write("\"tool_calls\":[{\"index\":"u8);
        index.TryFormat(_output.GetSpan(16), out var written, default, CultureInfo.InvariantCulture);
        _output.Advance(written);
        _output.Write(","u8);
    }

    private void Text(ReadOnlySpan<byte> text, ReadOnlySpan<byte> finishReason)
    {
        _output.Write(_head);
        _output.Write("{\"index\":0,\"text\":"u8);
        _output.Write(text);
        _output.Write(",\"logprobs\":null,\"finish_reason\":"u8);
        _output.Write(finishReason);
        _output.Write("}"u8);
        _output.Write(_tail);
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, _output);
}
