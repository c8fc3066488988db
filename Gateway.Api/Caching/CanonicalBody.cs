using System.Runtime.InteropServices;
using System.Text.Json;
using Gateway.Api.Requests;

namespace Gateway.Api.Caching;

/// <summary>
/// Writes a request's body so that two say the same exactly where they are the same bytes: members by their names, text without escapes,
/// numbers by their value, nothing between them. What the answer does not depend on is left out. Text is not normalised: two
/// spellings of a letter are two prompts.
/// </summary>
internal ref struct CanonicalBody(ReadOnlySpan<byte> body, CanonicalText text, CanonicalBody.Of of = CanonicalBody.Of.Answer)
{
    /// <summary>What the text is the key of.</summary>
    public enum Of
    {
        /// <summary>An answer.</summary>
        Answer,

        /// <summary>Requests that differ in their inputs alone.</summary>
        Parameters,
    }

    // Where a member may begin, an object's end is another byte.
    private const byte MemberMark = (byte)'m';

    private Utf8JsonReader _json = new(body, new JsonReaderOptions { MaxDepth = RequestScanner.MaxDepth });

    // Those of the objects that are open, the innermost last.
    private readonly List<Range> _members = [];

    /// <summary>False where a name stands twice in one object, a text is none, or the upstream is to keep the answer.</summary>
    public bool TryWrite()
    {
        _json.Read();
        try
        {
            return TryWriteObject(isRoot: true);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, which no UTF-8 can say.
            return false;
        }
    }

    private bool TryWriteValue()
    {
        switch (_json.TokenType)
        {
            case JsonTokenType.StartObject:
                return TryWriteObject(isRoot: false);
            case JsonTokenType.StartArray:
                return TryWriteArray();
            case JsonTokenType.String:
                text.Write((byte)'s');
                WriteText();
                return true;
            case JsonTokenType.Number:
                CanonicalNumber.Write(_json.ValueSpan, text);
                return true;
            default:
                text.Write((byte)_json.TokenType);
                return true;
        }
    }

    private bool TryWriteArray()
    {
        text.Write((byte)'[');
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (!TryWriteValue())
            {
                return false;
            }
        }

        text.Write((byte)']');
        return true;
    }

    private bool TryWriteObject(bool isRoot)
    {
        text.Write((byte)'{');
        var (start, first, isInOrder) = (text.Length, _members.Count, true);
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (isRoot && of == Of.Answer && _json.Is("store"u8))
            {
                _json.Read();
                if (_json.TokenType is not (JsonTokenType.False or JsonTokenType.Null))
                {
                    return false;
                }

                continue;
            }

            if (isRoot && IsLeftOut())
            {
                _json.Skip();
                continue;
            }

            var member = text.Length;
            text.Write(MemberMark);
            WriteText();
            isInOrder = isInOrder && (_members.Count == first || NameOf(text, _members[^1]).SequenceCompareTo(text.At(member + 1)) < 0);
            _json.Read();
            if (!TryWriteValue())
            {
                return false;
            }

            _members.Add(member..text.Length);
        }

        if (!isInOrder && !TrySort(start, CollectionsMarshal.AsSpan(_members)[first..]))
        {
            return false;
        }

        _members.RemoveRange(first, _members.Count - first);
        text.Write((byte)'}');
        return true;
    }

    private readonly bool TrySort(int start, Span<Range> members)
    {
        members.Sort(new ByName(text));
        for (var i = 1; i < members.Length; i++)
        {
            if (NameOf(text, members[i - 1]).SequenceEqual(NameOf(text, members[i])))
            {
                return false;
            }
        }

        text.Reorder(start, members);
        return true;
    }

    private static ReadOnlySpan<byte> NameOf(CanonicalText text, Range member) => text.At(member.Start.Value + 1);

    // The alias, the stream and its usage are parts of the key by themselves; the rest is for the provider's books.
    private readonly bool IsLeftOut() =>
        of == Of.Parameters ? _json.Is("model"u8) || _json.Is("input"u8)
        : _json.Is("model"u8) || _json.Is("stream"u8) || _json.Is("stream_options"u8)
        || _json.Is("user"u8) || _json.Is("metadata"u8) || _json.Is("safety_identifier"u8)
        || _json.Is("prompt_cache_key"u8) || _json.Is("prompt_cache_retention"u8);

    private void WriteText()
    {
        if (!_json.ValueIsEscaped)
        {
            text.Write(_json.ValueSpan);
            return;
        }

        text.Close(_json.CopyString(text.Open(_json.ValueSpan.Length)));
    }

    private readonly struct ByName(CanonicalText text) : IComparer<Range>
    {
        public int Compare(Range x, Range y) => NameOf(text, x).SequenceCompareTo(NameOf(text, y));
    }
}
