using System.Text.Json;
using System.Text.Unicode;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Requests;

/// <summary>
/// Reads a request body once, front to back, and picks out what the gateway acts on. The body must be one JSON object; of its
/// fields only those named here are looked at, so fields that the gateway has never heard of survive.
/// </summary>
internal ref struct RequestScanner(ReadOnlySpan<byte> body, Operation operation)
{
    /// <summary>Deeper JSON is refused: no request of this API needs it, and parsers further on may not stand it.</summary>
    public const int MaxDepth = 64;

    private Utf8JsonReader _json = new(body, new JsonReaderOptions { MaxDepth = MaxDepth });
    private string? _model;
    private Range _modelValue;
    private bool _sawModel;
    private bool? _stream;
    private bool _sawInput;
    private bool _hasInput;
    private bool _hasInputList;
    private int _inputs = 1;
    private long? _bestOf;
    private int? _choices = 1;
    private StreamOptionsScanner _streamOptions;
    private bool _isDeterministic = !operation.MakesText;
    private long? _maxTokens;
    private long? _maxCompletionTokens;

    /// <summary>Returns why the request is refused, or null and its fields.</summary>
    public static Refusal? Scan(ReadOnlySpan<byte> body, Operation operation, out RequestFields fields)
    {
        fields = default;
        if (body.IsEmpty)
        {
            return Refusal.InvalidRequest("The request has no body; a JSON object was expected.");
        }

        if (!Utf8.IsValid(body))
        {
            return Refusal.InvalidRequest("The body is not valid UTF-8, which JSON must be (RFC 8259, section 8.1).");
        }

        try
        {
            return new RequestScanner(body, operation).Scan(out fields);
        }
        catch (JsonException invalid)
        {
            return Refusal.InvalidJson(invalid);
        }
        catch (InvalidOperationException noText) when (noText.IsOfText())
        {
            return Json.NoUnicode;
        }
    }

    private Refusal? Scan(out RequestFields fields)
    {
        fields = default;
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            return Refusal.InvalidRequest("The body must be a JSON object.");
        }

        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (ScanField() is { } refusal)
            {
                return refusal;
            }
        }

        var end = (int)_json.TokenStartIndex;

        // A second value after the object makes this throw.
        _json.Read();
        if (_model is null)
        {
            return Refusal.MissingParameter("model");
        }

        if (!_hasInput)
        {
            return Refusal.MissingParameter(operation.InputField);
        }

        var stream = _stream ?? false;
        fields = new RequestFields(_model, _modelValue, stream, _hasInputList ? null : _choices, _streamOptions.IncludesUsage, stream ? _streamOptions.Change(end) : null, _maxCompletionTokens ?? _maxTokens, MostChoices(), _isDeterministic);
        return null;
    }

    private Refusal? ScanField()
    {
        if (_json.Is("model"u8))
        {
            return ScanModel();
        }

        if (_json.Is("stream"u8))
        {
            return ScanStream();
        }

        if (_json.Is(operation.InputField))
        {
            return ScanInput();
        }

        if (_json.Is("stream_options"u8))
        {
            _streamOptions.Scan(ref _json);
            return null;
        }

        if (_json.Is("max_tokens"u8))
        {
            _maxTokens = ScanCount();
            return null;
        }

        if (_json.Is("max_completion_tokens"u8))
        {
            _maxCompletionTokens = ScanCount();
            return null;
        }

        if (_json.Is("temperature"u8))
        {
            _json.Read();
            _isDeterministic = !operation.MakesText || (_json.TokenType == JsonTokenType.Number && _json.TryGetDouble(out var temperature) && temperature == 0);
            _json.Skip();
            return null;
        }

        if (_json.Is("n"u8))
        {
            ScanChoices();
            return null;
        }

        if (_json.Is("best_of"u8))
        {
            _bestOf = ScanCount();
            return null;
        }

        _json.Skip();
        return null;
    }

    private Refusal? ScanModel()
    {
        // Nor behind a null: whoever reads the body later stops at the first.
        if (_sawModel)
        {
            return Refusal.DuplicateParameter("model");
        }

        _sawModel = true;
        _json.Read();
        if (_json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (_json.TokenType != JsonTokenType.String)
        {
            return Refusal.WrongType("model", "a string", _json.TokenType);
        }

        _model = _json.GetString()!;
        _modelValue = (int)_json.TokenStartIndex..(int)_json.BytesConsumed;
        return _model.Length == 0 ? Refusal.MissingParameter("model") : null;
    }

    private Refusal? ScanStream()
    {
        if (_stream is not null)
        {
            return Refusal.DuplicateParameter("stream");
        }

        _json.Read();
        if (_json.TokenType is not (JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null))
        {
            return Refusal.WrongType("stream", "a boolean", _json.TokenType);
        }

        _stream = _json.TokenType == JsonTokenType.True;
        return null;
    }

    // What "n" may be is the provider's to say; here it only tells when a stream has all its choices.
    private void ScanChoices()
    {
        _json.Read();
        _choices = _json.TokenType == JsonTokenType.Null ? 1
            : _json.TokenType == JsonTokenType.Number && _json.TryGetInt32(out var n) ? n
            : null;
        _json.Skip();
    }

    // Whether it may be what it is, is the provider's to say.
    private long? ScanCount()
    {
        _json.Read();
        long? count = _json.TokenType == JsonTokenType.Number && _json.TryGetInt64(out var number) && number > 0 ? number : null;
        _json.Skip();
        return count;
    }

    private Refusal? ScanInput()
    {
        if (_sawInput)
        {
            return Refusal.DuplicateParameter(operation.InputField);
        }

        _sawInput = true;
        _json.Read();
        _hasInput = _json.TokenType != JsonTokenType.Null;
        if (operation == Operation.Chat)
        {
            return _hasInput ? ScanMessages() : null;
        }

        _hasInputList = _json.TokenType == JsonTokenType.StartArray;
        if (_hasInputList && IsEmptyArray())
        {
            return Refusal.InvalidRequest($"'{operation.InputField}' is an empty list; it needs at least one item.", operation.InputField);
        }

        if (_json.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False or JsonTokenType.StartObject)
        {
            return Refusal.WrongType(operation.InputField, "a string or a list", _json.TokenType);
        }

        if (_hasInputList)
        {
            _inputs = CountInputs();
            return null;
        }

        _json.Skip();
        return null;
    }

    // ["a", "b"] and [[1, 2], [3]] are two inputs each; [1, 2, 3] is one, in tokens.
    private int CountInputs()
    {
        var count = 0;
        var isTokens = false;
        for (; _json.Read() && _json.TokenType != JsonTokenType.EndArray; count++)
        {
            isTokens |= _json.TokenType == JsonTokenType.Number;
            _json.Skip();
        }

        return isTokens ? 1 : count;
    }

    private readonly long MostChoices()
    {
        var each = Math.Max(_choices ?? 1, _bestOf ?? 1);
        return each > long.MaxValue / _inputs ? long.MaxValue : each * _inputs;
    }

    // "messages": [ {"role": "user", …}, … ]: at least one, each an object with a role. What is inside is the provider's to judge.
    private Refusal? ScanMessages()
    {
        if (_json.TokenType != JsonTokenType.StartArray)
        {
            return Refusal.WrongType("messages", "a list", _json.TokenType);
        }

        var index = 0;
        for (; _json.Read() && _json.TokenType != JsonTokenType.EndArray; index++)
        {
            if (_json.TokenType != JsonTokenType.StartObject)
            {
                return Refusal.WrongType($"messages[{index}]", "an object", _json.TokenType);
            }

            if (ScanMessage(index) is { } refusal)
            {
                return refusal;
            }
        }

        return index == 0
            ? Refusal.InvalidRequest("'messages' is empty; it needs at least one message.", "messages")
            : null;
    }

    private Refusal? ScanMessage(int index)
    {
        var hasRole = false;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (!_json.Is("role"u8))
            {
                _json.Skip();
                continue;
            }

            _json.Read();
            if (_json.TokenType != JsonTokenType.String)
            {
                return Refusal.WrongType($"messages[{index}].role", "a string", _json.TokenType);
            }

            hasRole = true;
        }

        return hasRole ? null : Refusal.MissingParameter($"messages[{index}].role");
    }

    private readonly bool IsEmptyArray()
    {
        var ahead = _json;
        return ahead.Read() && ahead.TokenType == JsonTokenType.EndArray;
    }
}
