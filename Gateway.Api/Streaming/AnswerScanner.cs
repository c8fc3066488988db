using System.Text;
using System.Text.Json;

namespace Gateway.Api.Streaming;

/// <summary>
/// Looks through a whole answer, or one chunk of a stream, once. Both have the same shape where it matters:
/// <c>{"choices":[{"message" or "delta":{"content":"Hi","tool_calls":[{"id":"…","function":{"arguments":"…"}}]},"finish_reason":"stop"}],"usage":{…}}</c>.
/// </summary>
internal ref struct AnswerScanner
{
    private const int DepthOfRoot = 1;
    private const int DepthOfUsage = 2;
    private const int DepthOfChoice = 3;
    private const int DepthOfToolCall = 6;

    private readonly ReadOnlySpan<byte> _data;
    private Utf8JsonReader _json;
    private AnswerFacts _facts;

    private AnswerScanner(ReadOnlySpan<byte> data)
    {
        _data = data;
        _json = new Utf8JsonReader(data);
    }

    /// <summary>False where the data is anything but one JSON object, so that an HTML page or half a document never passes for an answer.</summary>
    public static bool TryScan(ReadOnlySpan<byte> data, out AnswerFacts facts)
    {
        var scanner = new AnswerScanner(data);
        try
        {
            var isObject = scanner.Scan();
            facts = scanner._facts;
            return isObject;
        }
        catch (JsonException)
        {
            facts = default;
            return false;
        }
    }

    private bool Scan()
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            ScanRootField();
        }

        // Anything after the object makes this throw.
        return !_json.Read();
    }

    private void ScanRootField()
    {
        if (_json.Is("choices"u8))
        {
            _json.Read();
            ScanChoices();
        }
        else if (_json.Is("usage"u8))
        {
            var start = (int)_json.TokenStartIndex;
            _json.Read();
            ScanUsage(start);
        }
        else if (_json.Is("error"u8))
        {
            _json.Read();
            _facts.IsError = _json.TokenType != JsonTokenType.Null;
            _json.Skip();
        }
        else if (_json.Is("service_tier"u8))
        {
            _json.Read();
            _facts.ServiceTier = _json.TokenType == JsonTokenType.String ? NameOfTier(ref _json) : null;
            _json.Skip();
        }
        else
        {
            _json.Skip();
        }
    }

    private void ScanChoices()
    {
        if (_json.TokenType != JsonTokenType.StartArray)
        {
            _json.Skip();
            return;
        }

        while (_json.Read() && _json.CurrentDepth > DepthOfRoot)
        {
            _facts.HasChoices = true;
            if (_json.TokenType == JsonTokenType.PropertyName)
            {
                ScanChoiceField();
            }
        }
    }

    private void ScanChoiceField()
    {
        if (_json.CurrentDepth == DepthOfChoice && _json.Is("finish_reason"u8))
        {
            if (HasValue())
            {
                _facts.Finishes++;
                NoteFinish();
            }
        }
        else if (_json.CurrentDepth == DepthOfToolCall && _json.Is("id"u8))
        {
            _facts.ToolCalls += HasValue() ? 1 : 0;
        }
        else if (IsMadeByTheModel())
        {
            _json.Read();
            _facts.OutputBytes += _json.TokenType == JsonTokenType.String ? _json.ValueSpan.Length : 0;
        }
    }

    private void NoteFinish()
    {
        var isText = _json.TokenType == JsonTokenType.String;
        var isForTools = isText && (_json.Is("tool_calls"u8) || _json.Is("function_call"u8));
        _facts.WaitsForTools |= isForTools;
        _facts.IsCutShort |= !isForTools && !(isText && _json.Is("stop"u8));
    }

    private readonly bool IsMadeByTheModel() =>
        _json.Is("content"u8) || _json.Is("text"u8) || _json.Is("arguments"u8)
        || _json.Is("reasoning_content"u8) || _json.Is("reasoning"u8) || _json.Is("refusal"u8);

    private void ScanUsage(int start)
    {
        if (_json.TokenType == JsonTokenType.Null)
        {
            _facts.EmptyUsage = Json.WithItsComma(_data, start, (int)_json.BytesConsumed);
            return;
        }

        if (_json.TokenType != JsonTokenType.StartObject)
        {
            _json.Skip();
            return;
        }

        // Newer APIs of OpenAI's say input and output.
        long prompt = 0, completion = 0, cached = 0, written = 0, reasoning = 0;
        while (_json.Read() && _json.CurrentDepth > DepthOfRoot)
        {
            if (_json.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (_json.CurrentDepth == DepthOfUsage && (_json.Is("prompt_tokens"u8) || _json.Is("input_tokens"u8)))
            {
                prompt = ReadCount();
            }
            else if (_json.CurrentDepth == DepthOfUsage && (_json.Is("completion_tokens"u8) || _json.Is("output_tokens"u8)))
            {
                completion = ReadCount();
            }
            else if (_json.Is("cached_tokens"u8))
            {
                cached = ReadCount();
            }
            else if (_json.Is("cache_write_tokens"u8))
            {
                written = ReadCount();
            }
            else if (_json.Is("reasoning_tokens"u8))
            {
                reasoning = Math.Max(ReadCount(), 0);
            }
        }

        _facts.Usage = new ReportedUsage(prompt, completion, cached, written, reasoning);
    }

    // Null is what one says who does not know: no tokens of that class.
    private long ReadCount()
    {
        _json.Read();
        return _json.TokenType == JsonTokenType.Null ? 0
            : _json.TokenType == JsonTokenType.Number && _json.TryGetInt64(out var count) && count >= 0 ? count
            : -1;
    }

    private bool HasValue() => _json.Read() && _json.TokenType != JsonTokenType.Null;

    // The usual one costs no string. A name that is no text (half a surrogate pair) is no reason to lose the answer.
    private static string NameOfTier(ref Utf8JsonReader json) => json.Is("default"u8) ? "default" : Encoding.UTF8.GetString(json.ValueSpan);
}
