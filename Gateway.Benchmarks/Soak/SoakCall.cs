using System.Globalization;
using System.Text;

namespace Gateway.Benchmarks.Soak;

/// <summary>One request of the soak: a number says what kind of caller it has.</summary>
internal sealed record SoakCall(int Number, Arrival Arrival)
{
    private const int SlowReadersEach = 251;
    private const int SlowReaderBytes = 2 * 1024 * 1024;
    private const int BytesOfToken = 4;
    private const int LeastReplyBytes = 600;

    public string Id { get; } = string.Create(CultureInfo.InvariantCulture, $"soak-{Number}");

    // Of a hundred, sixty whole, thirty-two streams, eight that are left.
    public CallKind Kind { get; } = Number % SlowReadersEach == 0 ? CallKind.SlowReader : (Number * 37 % 100) switch
    {
        < 60 => CallKind.Whole,
        < 92 => CallKind.Stream,
        _ => CallKind.LeftStream,
    };

    public bool IsStream => Kind is CallKind.Stream or CallKind.LeftStream;

    public ByteArrayContent ToContent()
    {
        var orders = IsStream
            ? $"\"reply_tokens\":{Arrival.Tokens},"
            : $"\"wait_ms\":{Arrival.Tokens},\"reply_bytes\":{(Kind == CallKind.SlowReader ? SlowReaderBytes : LeastReplyBytes + (Arrival.Tokens * BytesOfToken))},";
        var prompt = new string('p', Arrival.PromptTokens * BytesOfToken);
        var body = $$"""{{{orders}}"model":"phi-3-mini",{{(IsStream ? "\"stream\":true," : "")}}"temperature":0.7,"max_tokens":512,"messages":[{"role":"user","content":"{{prompt}}"}]}""";
        return new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new("application/json") } };
    }
}
