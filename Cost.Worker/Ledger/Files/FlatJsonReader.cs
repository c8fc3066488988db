using System.Text.Json;

namespace Cost.Worker.Ledger.Files;

/// <summary>
/// Reads one object of texts, whole numbers, <c>true</c> and <c>false</c> as <see cref="Utf8JsonWriter"/> writes it, without white space: much faster than a
/// reader of any JSON, for lines whose checksum says that they are what was written.
/// </summary>
internal ref struct FlatJsonReader(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;
    private byte _before = (byte)'{';

    /// <summary>Without its quotes.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>As it stands there: a text with its quotes, escapes and all.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Goes on to the next property; false behind the last.</summary>
    /// <exception cref="JsonException">It is no such object.</exception>
    public bool Read()
    {
        // {"hour":8,"tenant":"acme"}
        if (_before == ',' ? _rest is [(byte)'}'] : _rest.SequenceEqual("{}"u8))
        {
            return false;
        }

        if (_rest is not [var before, (byte)'"', .. var name] || before != _before)
        {
            throw Malformed();
        }

        var end = name.IndexOf((byte)'"');
        if (end < 0 || name[end..] is not [_, (byte)':', .. var value])
        {
            throw Malformed();
        }

        var length = value is [(byte)'"', ..] ? TextLength(value) : value.IndexOfAny((byte)',', (byte)'}');
        if (length <= 0)
        {
            throw Malformed();
        }

        Name = name[..end];
        Value = value[..length];
        _rest = value[length..];
        _before = (byte)',';
        return true;
    }

    private static int TextLength(ReadOnlySpan<byte> value)
    {
        for (var at = 1; at < value.Length; at += 2)
        {
            var next = value[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
            {
                break;
            }

            at += next;
            if (value[at] == '"')
            {
                return at + 1;
            }
        }

        return -1;
    }

    private static JsonException Malformed() => new("It is no object of texts, whole numbers, true and false.");
}
