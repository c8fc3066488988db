using System.Text.Json;
using Gateway.Api.Configuration;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;

namespace Gateway.Api.Experiments;

/// <summary>Finds the places in a request where a variant's parameters and system prompt go; all else stays as it came.</summary>
internal ref struct VariantEdits
{
    private readonly VariantOptions _variant;
    private readonly bool _isChat;
    private readonly BodyEdits _edits = new();
    private Utf8JsonReader _json;

    private VariantEdits(VariantOptions variant, GatewayRequest request)
    {
        (_variant, _isChat) = (variant, request.Operation == Operation.Chat);
        _json = new Utf8JsonReader(request.Body!.Span, new JsonReaderOptions { MaxDepth = RequestScanner.MaxDepth });
    }

    public static BodyEdits Of(VariantOptions variant, GatewayRequest request)
    {
        var edits = new VariantEdits(variant, request);
        edits.Scan();
        return edits._edits;
    }

    private void Scan()
    {
        var missing = VariantFields.Of(_variant.Parameters, _isChat).ToList();
        _json.Read();
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (_isChat && _variant.SystemPrompt is { } prompt && _json.Is("messages"u8))
            {
                _json.Read();
                ScanMessages(prompt);
                continue;
            }

            var field = Find(missing);
            _json.Read();
            var start = (int)_json.TokenStartIndex;
            _json.Skip();
            if (field is not null)
            {
                _edits.Replace(start..(int)_json.BytesConsumed, field.Value);
                field.IsFound = true;
            }
        }

        foreach (var field in missing.Where(field => !field.IsFound))
        {
            _edits.Insert((int)_json.TokenStartIndex, field.AsMember());
        }
    }

    private readonly VariantField? Find(List<VariantField> fields)
    {
        foreach (var field in fields)
        {
            foreach (var name in field.Names)
            {
                if (_json.Is(name))
                {
                    return field;
                }
            }
        }

        return null;
    }

    // "messages": [ {"role": "system", "content": "…"}, … ]
    private void ScanMessages(string prompt)
    {
        var (first, end, isDone) = ((int)_json.BytesConsumed, (int)_json.BytesConsumed, false);
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)_json.TokenStartIndex;
            var (isSystem, content, type) = ScanMessage();
            if (isSystem && _variant.SystemPromptMode == SystemPromptMode.Replace)
            {
                // The comma before a further one goes with it.
                _edits.Replace((isDone ? end : start)..(int)_json.BytesConsumed, isDone ? default : SystemPromptJson.Message(prompt));
                isDone = true;
            }
            else if (isSystem && !isDone)
            {
                isDone = TryAdd(prompt, content, type);
            }

            end = (int)_json.BytesConsumed;
        }

        if (!isDone)
        {
            _edits.Insert(first, SystemPromptJson.FirstMessage(prompt));
        }
    }

    private (bool IsSystem, Range Content, JsonTokenType Type) ScanMessage()
    {
        var (isSystem, content, type) = (false, default(Range), JsonTokenType.None);
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var (isRole, isContent) = (_json.Is("role"u8), _json.Is("content"u8));
            _json.Read();
            var start = (int)_json.TokenStartIndex;
            isSystem = isRole ? _json.Is("system"u8) || _json.Is("developer"u8) : isSystem;
            type = !isContent ? type : IsEmptyArray() ? JsonTokenType.None : _json.TokenType;
            _json.Skip();
            content = isContent ? start..(int)_json.BytesConsumed : content;
        }

        return (isSystem, content, type);
    }

    private readonly bool IsEmptyArray()
    {
        var ahead = _json;
        return ahead.TokenType == JsonTokenType.StartArray && ahead.Read() && ahead.TokenType == JsonTokenType.EndArray;
    }

    // Before the quote or the bracket that ends the caller's own.
    private readonly bool TryAdd(string prompt, Range content, JsonTokenType type)
    {
        switch (type)
        {
            case JsonTokenType.String:
                _edits.Insert(content.End.Value - 1, SystemPromptJson.Continuation(prompt));
                return true;
            case JsonTokenType.StartArray:
                _edits.Insert(content.End.Value - 1, SystemPromptJson.FurtherPart(prompt));
                return true;
            default:
                return false;
        }
    }
}
