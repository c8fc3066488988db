using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace StackExchange.Redis.Wire;

/// <summary>
/// Reads replies (RESP2 and RESP3) out of bytes that come in pieces. It goes on where it stopped: no byte is looked at
/// twice, however small the pieces of a long reply are, except those of an unfinished line.
/// </summary>
internal sealed class ReplyParser
{
    private readonly Stack<OpenAggregate> _open = new();
    private OpenBulk? _bulk;
    private long _budget = ReplyLimits.Reply;

    /// <exception cref="ReplyException">It is no reply, or one beyond <see cref="ReplyLimits"/>.</exception>
    public bool TryRead(ref SequenceReader<byte> reader, out Reply reply)
    {
        while (TryReadItem(ref reader, out var item))
        {
            // An aggregate was opened: its elements follow.
            if (item is not { } value)
            {
                continue;
            }

            if (TryClose(value, out reply))
            {
                _budget = ReplyLimits.Reply;
                return true;
            }
        }

        reply = default;
        return false;
    }

    private bool TryReadItem(ref SequenceReader<byte> reader, out Reply? item)
    {
        item = null;
        if (_bulk is null)
        {
            if (!reader.TryReadTo(out ReadOnlySpan<byte> line, "\r\n"u8))
            {
                return reader.Remaining <= ReplyLimits.Line ? false : throw new ReplyException($"a line of more than {ReplyLimits.Line} bytes");
            }

            item = Begin(line);
            if (_bulk is null)
            {
                return true;
            }
        }

        if (!_bulk.TryFill(ref reader, out var bytes))
        {
            return false;
        }

        item = _bulk.Kind == ReplyKind.Bulk && _bulk.IsVerbatim && bytes.Length >= 4
            ? Reply.OfBytes(ReplyKind.Bulk, bytes[4..]) // =15\r\ntxt:Some string\r\n
            : Reply.OfBytes(_bulk.Kind, bytes);
        _bulk = null;
        return true;
    }

    // The first line of an item: the item, or null where its bytes or elements are still to come.
    private Reply? Begin(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
        {
            throw new ReplyException("an empty line");
        }

        var rest = line[1..];
        switch (line[0])
        {
            case (byte)'+' or (byte)'(':
                return Reply.OfBytes(ReplyKind.Simple, KnownText(rest));
            case (byte)'-':
                return Reply.OfBytes(ReplyKind.Error, rest.ToArray());
            case (byte)':':
                return Reply.OfInteger(Number(rest));
            case (byte)',':
                return Reply.OfDouble(RedisValue.TryParseDouble(rest) ?? throw Garbage(line));
            case (byte)'#':
                return rest is [(byte)'t' or (byte)'f'] ? Reply.OfBoolean(rest[0] == 't') : throw Garbage(line);
            case (byte)'_':
                return Reply.Null;
            case (byte)'$':
                return BeginBulk(ReplyKind.Bulk, rest);
            case (byte)'!':
                return BeginBulk(ReplyKind.Error, rest);
            case (byte)'=':
                return BeginBulk(ReplyKind.Bulk, rest, isVerbatim: true);
            case (byte)'*':
                return BeginAggregate(ReplyKind.Array, rest, 1);
            case (byte)'~':
                return BeginAggregate(ReplyKind.Set, rest, 1);
            case (byte)'>':
                return BeginAggregate(ReplyKind.Push, rest, 1);
            case (byte)'%':
                return BeginAggregate(ReplyKind.Map, rest, 2);
            case (byte)'|':
                return BeginAggregate(ReplyKind.Attribute, rest, 2);
            default:
                throw Garbage(line);
        }
    }

    private Reply? BeginBulk(ReplyKind kind, ReadOnlySpan<byte> text, bool isVerbatim = false)
    {
        var length = Number(text);
        if (length < 0)
        {
            return length == -1 ? Reply.Null : throw new ReplyException($"a length of {length}");
        }

        Spend(length);
        _bulk = new OpenBulk(kind, (int)length, isVerbatim);
        return null;
    }

    private Reply? BeginAggregate(ReplyKind kind, ReadOnlySpan<byte> text, int perElement)
    {
        var count = Number(text);
        if (count < 0)
        {
            return count == -1 ? Reply.Null : throw new ReplyException($"a count of {count}");
        }

        Spend(Math.Min(count, ReplyLimits.Reply) * perElement * ReplyLimits.Element);
        if (count == 0 && kind != ReplyKind.Attribute)
        {
            return Reply.OfItems(kind, []);
        }

        if (_open.Count == ReplyLimits.Depth)
        {
            throw new ReplyException($"arrays nested more than {ReplyLimits.Depth} deep");
        }

        if (count > 0)
        {
            _open.Push(new OpenAggregate(kind, (int)count * perElement));
        }

        return null;
    }

    // Puts a value into the innermost open aggregate, and a filled aggregate into the one around it.
    private bool TryClose(Reply value, out Reply whole)
    {
        whole = value;
        while (_open.TryPeek(out var aggregate))
        {
            if (!aggregate.Add(whole))
            {
                return false;
            }

            _open.Pop();
            if (aggregate.Kind == ReplyKind.Attribute)
            {
                return false;
            }

            whole = aggregate.Close();
        }

        return true;
    }

    private void Spend(long bytes)
    {
        _budget -= bytes;
        if (_budget < 0)
        {
            throw new ReplyException($"a reply of more than {ReplyLimits.Reply} bytes");
        }
    }

    private static long Number(ReadOnlySpan<byte> text)
        => Utf8Parser.TryParse(text, out long number, out var consumed) && consumed == text.Length ? number : throw Garbage(text);

    private static byte[] KnownText(ReadOnlySpan<byte> text) => text.SequenceEqual("OK"u8) ? Ok : text.ToArray();

    private static readonly byte[] Ok = "OK"u8.ToArray();

    private static ReplyException Garbage(ReadOnlySpan<byte> line)
    {
        var start = Encoding.Latin1.GetString(line[..Math.Min(line.Length, 40)]);
        return new ReplyException($"'{string.Concat(start.Select(letter => char.IsControl(letter) ? '.' : letter))}'");
    }
}
