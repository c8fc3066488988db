using System.Buffers;
using System.Text.Json;

namespace Gateway.Api.Messages;

/// <summary>Gathers the arguments of a tool call, which come as escaped text, and makes the JSON object of them that they are.</summary>
internal sealed class ToolInput
{
    private readonly ArrayBufferWriter<byte> _text = new();

    public void Add(ReadOnlySpan<byte> fragment)
    {
        if (_text.WrittenCount == 0)
        {
            _text.Write("\""u8);
        }

        _text.Write(fragment);
    }

    /// <summary>Writes the object; an empty one, and false, where there is none. Begins anew afterwards.</summary>
    public bool TryTake(IBufferWriter<byte> output)
    {
        if (_text.WrittenCount == 0)
        {
            output.Write("{}"u8);
            return true;
        }

        _text.Write("\""u8);
        var json = new byte[_text.WrittenCount];
        var isObject = TryUnescape(_text.WrittenSpan, json, out var length) && IsObject(json.AsSpan(0, length));
        output.Write(isObject ? json.AsSpan(0, length) : "{}"u8);
        _text.ResetWrittenCount();
        return isObject;
    }

    private static bool TryUnescape(ReadOnlySpan<byte> text, Span<byte> json, out int length)
    {
        var reader = new Utf8JsonReader(text);
        reader.Read();
        try
        {
            length = reader.CopyString(json);
            return true;
        }
        catch (InvalidOperationException noText) when (noText.IsOfText())
        {
            length = 0;
            return false;
        }
    }

    private static bool IsObject(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            var isObject = reader.Read() && reader.TokenType == JsonTokenType.StartObject;
            reader.Skip();
            return isObject && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
