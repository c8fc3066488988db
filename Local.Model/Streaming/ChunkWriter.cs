using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Local.Model.Answers;
using Local.Model.Behaviour;
using Local.Model.Serving;

namespace Local.Model.Streaming;

/// <summary>
/// Writes the chunks of one stream into the response's pipe. What all chunks share is encoded once:
/// <c>data: {"id":…,"choices":[</c> choice <c>]</c> usage <c>}</c> and an empty line.
/// </summary>
internal sealed class ChunkWriter : IDisposable
{
    private readonly PipeWriter _pipe;
    private readonly Utf8JsonWriter _json;
    private readonly Generation _generation;
    private readonly bool _isChat;
    private readonly byte[] _head;

    public ChunkWriter(PipeWriter pipe, Exchange exchange, Generation generation)
    {
        _pipe = pipe;
        _json = new Utf8JsonWriter(pipe, Json.WriterOptions);
        _generation = generation;
        _isChat = generation.Form is ReplyForm.Chat;
        _head = Head(exchange, generation);
    }

    public void Role(int index)
    {
        Begin(index);
        _json.WriteStartObject("delta");
        _json.WriteString("role"u8, "assistant"u8);
        _json.WriteString("content"u8, ""u8);
        _json.WriteEndObject();
        _json.WriteNull("logprobs"u8);
        _json.WriteNull("finish_reason"u8);
        End(0);
    }

    public void Piece(int index, Piece piece, int offset, int generated)
    {
        Begin(index);
        if (_isChat)
        {
            WriteDelta(piece);
        }
        else
        {
            _json.WriteString("text"u8, piece.Text);
        }

        WriteLogprobs(piece, offset);
        _json.WriteNull("finish_reason"u8);
        End(generated);
    }

    public void Finish(Choice choice, int generated)
    {
        Begin(choice.Index);
        if (_isChat)
        {
            _json.WriteStartObject("delta"u8);
            _json.WriteEndObject();
        }
        else
        {
            _json.WriteString("text"u8, ""u8);
        }

        _json.WriteNull("logprobs"u8);
        _json.WriteString("finish_reason", choice.FinishReason);
        _json.WriteString("stop_reason", choice.StopReason);
        End(generated);
    }

    public void Usage(int generated)
    {
        _pipe.Write(_head);
        WriteTail(generated, isFilled: true);
    }

    public void Malformed()
    {
        _pipe.Write(_head.AsSpan(0, _head.Length / 2));
        _pipe.Write("\n\n"u8);
    }

    public void Done() => _pipe.Write("data: [DONE]\n\n"u8);

    public void Dispose() => _json.Dispose();

    private static byte[] Head(Exchange exchange, Generation generation)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Json.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("id", exchange.Id);
            json.WriteString("object", generation.Form is ReplyForm.Chat ? "chat.completion.chunk" : "text_completion");
            json.WriteNumber("created", exchange.Created);
            json.WriteString("model", generation.Model);
            json.WriteString("system_fingerprint", Simulation.Fingerprint);
            json.WriteStartArray("choices");
        }

        return Encoding.UTF8.GetBytes("data: " + Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private void Begin(int index)
    {
        _pipe.Write(_head);
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteNumber("index"u8, index);
    }

    private void End(int generated)
    {
        _json.WriteEndObject();
        _json.Flush();
        WriteTail(generated, _generation.Sampling.ContinuousUsage);
    }

    private void WriteTail(int generated, bool isFilled)
    {
        if (!_generation.Sampling.IncludeUsage && !isFilled)
        {
            _pipe.Write("]}\n\n"u8);
            return;
        }

        if (!isFilled)
        {
            _pipe.Write("],\"usage\":null}\n\n"u8);
            return;
        }

        _pipe.Write("],"u8);
        _json.Reset();
        UsageWriter.Write(_json, _generation.PromptTokens, generated);
        _json.Flush();
        _pipe.Write("}\n\n"u8);
    }

    private void WriteDelta(Piece piece)
    {
        _json.WriteStartObject("delta"u8);
        if (piece.Segment.Kind is SegmentKind.Text)
        {
            _json.WriteString("content"u8, piece.Text);
        }
        else
        {
            WriteToolCall(piece);
        }

        _json.WriteEndObject();
    }

    // First { "index", "id", "type", "function": { "name", "arguments": "" } }, then { "index", "function": { "arguments" } }.
    private void WriteToolCall(Piece piece)
    {
        _json.WriteStartArray("tool_calls"u8);
        _json.WriteStartObject();
        _json.WriteNumber("index"u8, piece.Segment.CallIndex);
        var isHead = piece.Segment.Kind is SegmentKind.ToolName;
        if (isHead)
        {
            _json.WriteString("id"u8, piece.Segment.CallId);
            _json.WriteString("type"u8, "function"u8);
        }

        _json.WriteStartObject("function"u8);
        if (isHead)
        {
            _json.WriteString("name"u8, piece.Text);
            _json.WriteString("arguments"u8, ""u8);
        }
        else
        {
            _json.WriteString("arguments"u8, piece.Text);
        }

        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.WriteEndArray();
    }

    private void WriteLogprobs(Piece piece, int offset)
    {
        if (_generation.Sampling.Logprobs is not { } top || piece.Segment.Kind is not (SegmentKind.Text or SegmentKind.Echo))
        {
            _json.WriteNull("logprobs"u8);
        }
        else if (_isChat)
        {
            LogprobsWriter.WriteChat(_json, piece.Segment.Tokens, piece.From, piece.To, top);
        }
        else
        {
            LogprobsWriter.WriteText(_json, [new TokenRange(piece.Segment.Tokens, piece.From, piece.To, offset, piece.Segment.Kind is SegmentKind.Echo)], top);
        }
    }
}
