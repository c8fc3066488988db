using System.Text.Json;

namespace Gateway.Api.Answers;

/// <summary>
/// The first choice of a whole chat reply, or of one chunk of a stream, taken apart; both have the same shape:
/// <c>{"model":"…","choices":[{"message" or "delta":{"content":"Hi","reasoning_content":"…","tool_calls":[…]},"finish_reason":"stop"}]}</c>.
/// Text is what stands between a string's quotes; empty is what is not there.
/// </summary>
internal ref struct AnswerParts
{
    public ReadOnlySpan<byte> Model { get; private set; }

    /// <summary>The provider's name of the set-up that answered.</summary>
    public ReadOnlySpan<byte> Fingerprint { get; private set; }

    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary><c>[{"type":"text","text":"…"}]</c>, as some servers write content.</summary>
    public ReadOnlySpan<byte> ContentList { get; private set; }

    public ReadOnlySpan<byte> Reasoning { get; private set; }

    /// <summary><c>[{"type":"thinking","thinking":"…","signature":"…"},{"type":"redacted_thinking","data":"…"}]</c></summary>
    public ReadOnlySpan<byte> ThinkingBlocks { get; private set; }

    public ReadOnlySpan<byte> Refusal { get; private set; }

    public ReadOnlySpan<byte> ToolCalls { get; private set; }

    public ReadOnlySpan<byte> FinishReason { get; private set; }

    /// <summary><c>[{"token":"Hi","logprob":-0.1,"bytes":[72,105],"top_logprobs":[]}]</c>: those of the content.</summary>
    public ReadOnlySpan<byte> Logprobs { get; private set; }

    /// <summary>vLLM's <c>stop_reason</c> where it is the stop sequence that was met.</summary>
    public ReadOnlySpan<byte> StopSequence { get; private set; }

    /// <param name="data">A JSON object, looked through before.</param>
    public static AnswerParts Read(ReadOnlySpan<byte> data)
    {
        var parts = default(AnswerParts);
        var json = new Utf8JsonReader(data);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("model"u8))
            {
                parts.Model = ReadText(ref json);
            }
            else if (json.Is("system_fingerprint"u8))
            {
                parts.Fingerprint = ReadText(ref json);
            }
            else if (json.Is("choices"u8))
            {
                json.Read();
                parts.ReadChoices(ref json, data);
            }
            else
            {
                json.Skip();
            }
        }

        return parts;
    }

    /// <summary>Reads the value of the property that the reader stands on: the inside of a string, or nothing.</summary>
    public static ReadOnlySpan<byte> ReadText(scoped ref Utf8JsonReader json)
    {
        json.Read();
        var text = json.TokenType == JsonTokenType.String ? json.ValueSpan : default;
        json.Skip();
        return text;
    }

    /// <summary>The bytes of the value that the reader stands on, whatever it is.</summary>
    public static ReadOnlySpan<byte> ReadRaw(scoped ref Utf8JsonReader json, ReadOnlySpan<byte> data)
    {
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return data[start..(int)json.BytesConsumed];
    }

    private void ReadChoices(scoped ref Utf8JsonReader json, ReadOnlySpan<byte> data)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            json.Skip();
            return;
        }

        for (var isFirst = true; json.Read() && json.TokenType != JsonTokenType.EndArray; isFirst = false)
        {
            if (isFirst && json.TokenType == JsonTokenType.StartObject)
            {
                ReadChoice(ref json, data);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private void ReadChoice(scoped ref Utf8JsonReader json, ReadOnlySpan<byte> data)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("delta"u8) || json.Is("message"u8))
            {
                json.Read();
                ReadMessage(ref json, data);
            }
            else if (json.Is("finish_reason"u8))
            {
                FinishReason = ReadText(ref json);
            }
            else if (json.Is("stop_reason"u8))
            {
                StopSequence = ReadText(ref json);
            }
            else if (json.Is("logprobs"u8))
            {
                json.Read();
                ReadLogprobs(ref json, data);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private void ReadLogprobs(ref Utf8JsonReader json, ReadOnlySpan<byte> data)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("content"u8))
            {
                Logprobs = ReadList(ref json, data);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private void ReadMessage(scoped ref Utf8JsonReader json, ReadOnlySpan<byte> data)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("content"u8))
            {
                json.Read();
                ReadContent(ref json, data);
            }
            else if (json.Is("reasoning_content"u8) || json.Is("reasoning"u8))
            {
                // Servers that write both mean the same by them.
                var text = ReadText(ref json);
                Reasoning = Reasoning.IsEmpty ? text : Reasoning;
            }
            else if (json.Is("thinking_blocks"u8))
            {
                ThinkingBlocks = ReadList(ref json, data);
            }
            else if (json.Is("refusal"u8))
            {
                Refusal = ReadText(ref json);
            }
            else if (json.Is("tool_calls"u8))
            {
                ToolCalls = ReadList(ref json, data);
            }
            else
            {
                json.Skip();
            }
        }
    }

    private void ReadContent(scoped ref Utf8JsonReader json, ReadOnlySpan<byte> data)
    {
        if (json.TokenType == JsonTokenType.String)
        {
            Content = json.ValueSpan;
        }
        else if (json.TokenType == JsonTokenType.StartArray)
        {
            ContentList = ReadRaw(ref json, data);
        }
        else
        {
            json.Skip();
        }
    }

    private static ReadOnlySpan<byte> ReadList(scoped ref Utf8JsonReader json, ReadOnlySpan<byte> data)
    {
        json.Read();
        var isList = json.TokenType == JsonTokenType.StartArray;
        var list = ReadRaw(ref json, data);
        return isList ? list : default;
    }
}
