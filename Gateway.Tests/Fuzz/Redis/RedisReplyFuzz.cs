using System.Buffers;
using System.Globalization;
using System.Text;
using Gateway.Tests.Fuzz.Generation;
using Shouldly;
using StackExchange.Redis.Wire;

namespace Gateway.Tests.Fuzz.Redis;

/// <summary>What a server of Redis's protocol may send, and what it may not: the client's own parser, which is not there where the official client is built in.</summary>
public sealed class RedisReplyFuzz : ParserFuzz
{
    private const int Deepest = 6;

    protected override IReadOnlyList<string> Examples { get; } =
    [
        "+text\r\n$5\r\nhello\r\n$0\r\n\r\n$-1\r\n*-1\r\n_\r\n:-12\r\n#t\r\n,1.25\r\n,-inf\r\n(3492890328409238509324850943850943825024385\r\n=8\r\ntxt:text\r\n",
        "*2\r\n:1\r\n*1\r\n$1\r\na\r\n%1\r\n+a\r\n:1\r\n~1\r\n+a\r\n|1\r\n+ttl\r\n:9\r\n*1\r\n|0\r\n:1\r\n>2\r\n+invalidate\r\n:1\r\n+after a push\r\n",
        "-ERR unknown\r\n!5\r\nERR x\r\n*0\r\n%0\r\n",
    ];

    protected override IReadOnlyList<string> Words { get; } = ["\r\n", "$", "*", "%", "~", ">", "|", "-1", "$536870912\r\n", "*1048576\r\n", "*100000\r\n", "$-2\r\n", "=3\r\nab\r\n", "\r", "\n", "$4\r\n"];

    // What a length alone may claim is set aside once on each of 32 levels.
    protected override (long Fixed, long PerByte) Memory => (16 << 20, 4_000);

    protected override byte[] Make(FuzzRandom random)
    {
        if (random.OneIn(2))
        {
            return Mutations.Next(random);
        }

        var replies = new StringBuilder();
        for (var count = random.Below(4); count >= 0; count--)
        {
            Write(replies, random, 0);
        }

        var bytes = Encoding.UTF8.GetBytes(replies.ToString());
        return random.OneIn(4) ? Mutations.Change(bytes, random) : bytes;
    }

    protected override void Check(byte[] input, FuzzRandom random)
    {
        var whole = Read([input], random);
        Read(Pieces.Of(input, random), random).ShouldBe(whole);

        // What was read, written again, is read as the same.
        if (!whole.EndsWith('!'))
        {
            Read([Encoding.Latin1.GetBytes(whole)], random).ShouldBe(whole);
        }
    }

    // The replies, in RESP3; with "!" at the end where the connection could not go on.
    private static string Read(IEnumerable<byte[]> pieces, FuzzRandom random)
    {
        var parser = new ReplyParser();
        var replies = new StringBuilder();
        byte[] held = [];
        foreach (var piece in pieces)
        {
            held = [.. held, .. piece];
            var reader = new SequenceReader<byte>(Pieces.Sequence(held, random));
            try
            {
                while (parser.TryRead(ref reader, out var reply))
                {
                    Write(replies, reply);
                }
            }
            catch (ReplyException)
            {
                return replies.Append('!').ToString();
            }

            held = reader.UnreadSequence.ToArray();
        }

        return replies.ToString();
    }

    private static void Write(StringBuilder text, Reply reply)
    {
        switch (reply.Kind)
        {
            case ReplyKind.Null:
                text.Append("_\r\n");
                break;
            case ReplyKind.Integer:
                text.Append(CultureInfo.InvariantCulture, $":{(long)reply.Value}\r\n");
                break;
            case ReplyKind.Boolean:
                text.Append((long)reply.Value == 1 ? "#t\r\n" : "#f\r\n");
                break;
            case ReplyKind.Double:
                text.Append(CultureInfo.InvariantCulture, $",{NumberOf((double)reply.Value)}\r\n");
                break;
            case ReplyKind.Error:
                Write(text, '!', Encoding.UTF8.GetBytes(reply.ErrorText));
                break;
            case ReplyKind.Simple or ReplyKind.Bulk:
                Write(text, '$', (byte[])reply.Value!);
                break;
            default:
                var (kind, count) = reply.Kind switch
                {
                    ReplyKind.Map => ('%', reply.Items.Length / 2),
                    ReplyKind.Set => ('~', reply.Items.Length),
                    ReplyKind.Push => ('>', reply.Items.Length),
                    _ => ('*', reply.Items.Length),
                };
                text.Append(CultureInfo.InvariantCulture, $"{kind}{count}\r\n");
                foreach (var item in reply.Items)
                {
                    Write(text, item);
                }

                break;
        }
    }

    private static void Write(StringBuilder text, char kind, byte[] bytes) => text.Append(CultureInfo.InvariantCulture, $"{kind}{bytes.Length}\r\n{Encoding.Latin1.GetString(bytes)}\r\n");

    private static string NumberOf(double number) =>
        double.IsNaN(number) ? "nan" : double.IsInfinity(number) ? number > 0 ? "inf" : "-inf" : number.ToString("R", CultureInfo.InvariantCulture);

    private static void Write(StringBuilder text, FuzzRandom random, int depth)
    {
        if (depth < Deepest && random.OneIn(3))
        {
            var kind = random.Pick(["*", "~", ">", "%", "|"]);
            var count = random.Below(4);
            text.Append(CultureInfo.InvariantCulture, $"{kind}{count}\r\n");
            for (var items = kind is "%" or "|" ? 2 * count : count; items > 0; items--)
            {
                Write(text, random, depth + 1);
            }

            return;
        }

        var bulk = new string('x', random.Below(20));
        text.Append(random.Below(7) switch
        {
            0 => "_\r\n",
            1 => string.Create(CultureInfo.InvariantCulture, $":{(long)random.Next()}\r\n"),
            2 => random.OneIn(2) ? "#t\r\n" : "#f\r\n",
            3 => string.Create(CultureInfo.InvariantCulture, $",{BitConverter.UInt64BitsToDouble(random.Next()):R}\r\n"),
            4 => string.Create(CultureInfo.InvariantCulture, $"!{bulk.Length}\r\n{bulk}\r\n"),
            5 => "+OK\r\n",
            _ => string.Create(CultureInfo.InvariantCulture, $"${bulk.Length}\r\n{bulk}\r\n"),
        });
    }
}
