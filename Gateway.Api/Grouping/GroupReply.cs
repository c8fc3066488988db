using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Gateway.Api.Pipeline;
using Gateway.Api.Providers;

namespace Gateway.Api.Grouping;

/// <summary>
/// Takes the reply to a group apart: <c>{"object":"list","data":[{"object":"embedding","index":0,"embedding":…},…],"model":"…","usage":{"prompt_tokens":8,"total_tokens":8}}</c>.
/// Each member gets the reply as it is, with its own vectors counted from 0 and its part of the usage, by the bytes of its inputs; the
/// parts add up to the whole.
/// </summary>
internal ref struct GroupReply
{
    private readonly ReadOnlySpan<byte> _reply;
    private readonly Range[] _items;
    private readonly Range[] _indexes;
    private Range _data;
    private Range _usage;

    private GroupReply(ReadOnlySpan<byte> reply, int inputs)
    {
        _reply = reply;
        (_items, _indexes) = (new Range[inputs], new Range[inputs]);
    }

    /// <summary>One reply for each member; null where the vectors are not one for each input.</summary>
    public static IReadOnlyList<UpstreamReply>? Split(UpstreamReply reply, IReadOnlyList<GroupMember> members)
    {
        var inputs = members.Sum(member => member.Input.Count);
        var parts = new GroupReply(reply.Body.Span, inputs);
        if (!parts.TryRead())
        {
            return null;
        }

        long bytes = members.Sum(member => (long)member.Input.Bytes);
        var (replies, first, before) = (new List<UpstreamReply>(members.Count), 0, 0L);
        foreach (var member in members)
        {
            var after = before + member.Input.Bytes;
            replies.Add(UpstreamReply.OfWritten(reply.Target, parts.Write(first, member.Input.Count, before, after, bytes), reply.Warnings));
            (first, before) = (first + member.Input.Count, after);
        }

        return replies;
    }

    private bool TryRead()
    {
        var json = new Utf8JsonReader(_reply);
        var found = 0;
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (isData, isUsage) = (json.Is("data"u8), json.Is("usage"u8));
            json.Read();
            var start = (int)json.TokenStartIndex;
            if (isData && json.TokenType == JsonTokenType.StartArray)
            {
                if (_data.End.Value > 0)
                {
                    return false;
                }

                while (json.Read() && json.TokenType == JsonTokenType.StartObject)
                {
                    if (!TryReadItem(ref json))
                    {
                        return false;
                    }

                    found++;
                }

                if (json.TokenType != JsonTokenType.EndArray)
                {
                    return false;
                }

                _data = start..(int)json.BytesConsumed;
                continue;
            }

            json.Skip();
            _usage = isUsage ? start..(int)json.BytesConsumed : _usage;
        }

        // So many, and none of them twice.
        return found == _items.Length;
    }

    private readonly bool TryReadItem(ref Utf8JsonReader json)
    {
        var start = (int)json.TokenStartIndex;
        var (index, at) = (-1, default(Range));
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isIndex = json.Is("index"u8);
            json.Read();
            if (isIndex && json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var number))
            {
                (index, at) = (number, (int)json.TokenStartIndex..(int)json.BytesConsumed);
            }

            json.Skip();
        }

        if (index < 0 || index >= _items.Length || _items[index].End.Value > 0)
        {
            return false;
        }

        (_items[index], _indexes[index]) = (start..(int)json.BytesConsumed, at);
        return true;
    }

    private readonly PooledBody Write(int first, int count, long before, long after, long bytes)
    {
        using var output = new PooledBodyWriter();
        var usageIsFirst = _usage.End.Value > 0 && _usage.Start.Value < _data.Start.Value;
        var rest = 0;
        if (usageIsFirst)
        {
            output.Write(_reply[.._usage.Start]);
            WriteUsage(output, before, after, bytes);
            rest = _usage.End.Value;
        }

        output.Write(_reply[rest.._data.Start]);
        WriteItems(output, first, count);
        rest = _data.End.Value;
        if (!usageIsFirst && _usage.End.Value > 0)
        {
            output.Write(_reply[rest.._usage.Start]);
            WriteUsage(output, before, after, bytes);
            rest = _usage.End.Value;
        }

        output.Write(_reply[rest..]);
        return output.ToBody();
    }

    private readonly void WriteItems(PooledBodyWriter output, int first, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var (item, index) = (_items[first + i], _indexes[first + i]);
            output.Write(i == 0 ? "["u8 : ","u8);
            output.Write(_reply[item.Start..index.Start]);
            WriteNumber(output, i);
            output.Write(_reply[index.End..item.End]);
        }

        output.Write("]"u8);
    }

    // Of each number the part between two marks on its way from 0 to the whole.
    private readonly void WriteUsage(PooledBodyWriter output, long before, long after, long bytes)
    {
        var json = new Utf8JsonReader(_reply[_usage]);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            output.Write(_reply[_usage]);
            return;
        }

        var separator = "{"u8;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.ValueSpan;
            json.Read();
            if (json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var whole))
            {
                output.Write(separator);
                output.Write("\""u8);
                output.Write(name);
                output.Write("\":"u8);
                WriteNumber(output, (long)(((Int128)whole * after / bytes) - ((Int128)whole * before / bytes)));
                separator = ","u8;
            }

            json.Skip();
        }

        output.Write(separator.SequenceEqual("{"u8) ? "{}"u8 : "}"u8);
    }

    private static void WriteNumber(PooledBodyWriter output, long number)
    {
        var span = output.GetSpan(20);
        number.TryFormat(span, out var written, provider: CultureInfo.InvariantCulture);
        output.Advance(written);
    }
}
