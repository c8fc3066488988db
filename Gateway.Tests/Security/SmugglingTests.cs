using Shouldly;
using Xunit;

namespace Gateway.Tests.Security;

/// <summary>
/// Requests whose end can be seen in two places, over a raw socket to the gateway as it ships: each is refused, or reaches the upstream as one request; what hides in it
/// is nobody's request. Both for what the gateway writes anew (chat) and what it passes on as it comes.
/// </summary>
[Trait("Requirement", "G6.1")]
public sealed class SmugglingTests(RawGateway gateway) : IClassFixture<RawGateway>
{
    private const string Chat = """{"model":"phi-3-mini","messages":[{"role":"user","content":"Hi"}]}""";
    private const string Hidden = "POST /v1/smuggled HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer KEY\r\nContent-Length: 0\r\n\r\n";

    /// <summary>
    /// Name, headers, body, and the statuses that come back of chat and of what is passed on, the one of a harmless second request among them where the connection may go on.
    /// <c>LENGTH</c> is the length of the body. None: the connection is closed, since the body was on its way to the upstream.
    /// </summary>
    public static TheoryData<string, string, string, string, string> Attacks => new()
    {
        { "length and chunks", "Content-Length: LENGTH\r\nTransfer-Encoding: chunked", $"{Chunk(Chat)}0\r\n\r\n{Hidden}", "200", "200" },
        { "chunks and a short length", "Transfer-Encoding: chunked\r\nContent-Length: 4", $"{Chunk(Chat)}0\r\n\r\n", "200", "200" },
        { "two lengths", "Content-Length: LENGTH\r\nContent-Length: 0", $"{Chat}{Hidden}", "400", "400" },
        { "two lengths in one", "Content-Length: LENGTH, 0", $"{Chat}{Hidden}", "400", "400" },
        { "the same length twice", "Content-Length: LENGTH\r\nContent-Length: LENGTH", Chat, "400", "400" },
        { "a length with a sign", "Content-Length: +LENGTH", Chat, "200 200", "200 200" },
        { "a negative length", "Content-Length: -1", Hidden, "400", "400" },
        { "a hexadecimal length", "Content-Length: 0x10", Hidden, "400", "400" },
        { "a length too large", "Content-Length: 99999999999999999999", Hidden, "400", "400" },
        { "an unknown coding", "Transfer-Encoding: xchunked", $"0\r\n\r\n{Hidden}", "400", "400" },
        { "chunks that are not the last coding", "Transfer-Encoding: chunked, identity", $"0\r\n\r\n{Hidden}", "400", "400" },
        { "identity", "Transfer-Encoding: identity\r\nContent-Length: LENGTH", Chat, "400", "400" },
        { "two codings in two lines", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", $"0\r\n\r\n{Hidden}", "400", "400" },
        { "a space before the colon", "Content-Length: LENGTH\r\nTransfer-Encoding : chunked", $"0\r\n\r\n{Hidden}", "400", "400" },
        { "a folded line", "Content-Length: LENGTH\r\nX-Folded: a\r\n Transfer-Encoding: chunked", $"0\r\n\r\n{Hidden}", "400", "400" },
        { "a folded coding", "Content-Length: LENGTH\r\nTransfer-Encoding:\r\n chunked", $"0\r\n\r\n{Hidden}", "400", "400" },
        { "a vertical tab", "Content-Length: LENGTH\r\nTransfer-Encoding: \u000bchunked", $"0\r\n\r\n{Hidden}", "400", "400" },
        { "a bare line feed", "X-Split: a\nTransfer-Encoding: chunked\r\nContent-Length: LENGTH", $"0\r\n\r\n{Hidden}", "400", "400" },
        { "a bare carriage return", "X-Split: a\rTransfer-Encoding: chunked\r\nContent-Length: LENGTH", $"0\r\n\r\n{Hidden}", "400", "400" },
        { "a zero byte", "X-Zero: a\0b\r\nContent-Length: LENGTH", Chat, "400", "400" },
        { "a line feed in a chunk's extension", "Transfer-Encoding: chunked", $"{Chunk(Chat)}1;a=\nx\r\n \r\n0\r\n\r\n{Hidden}", "400", "" },
        { "a carriage return in a chunk's extension", "Transfer-Encoding: chunked", $"{Chunk(Chat)}1;a=\rx\r\n \r\n0\r\n\r\n", "400", "" },
        { "an extension of a chunk", "Transfer-Encoding: chunked", $"{Chat.Length:x};a=b\r\n{Chat}\r\n0\r\n\r\n", "200 200", "200 200" },
        { "chunks that end in line feeds", "Transfer-Encoding: chunked", $"{Chat.Length:x}\n{Chat}\n0\n\n", "400", "" },
        { "a chunk too large", "Transfer-Encoding: chunked", "fffffffffffffffff\r\n", "400", "400" },
        { "a chunk of less than nothing", "Transfer-Encoding: chunked", "-1\r\n", "400", "" },
        { "a chunk with a prefix", "Transfer-Encoding: chunked", $"0x{Chat.Length:x}\r\n{Chat}\r\n0\r\n\r\n", "400", "" },
        { "a chunk that does not end where it says", "Transfer-Encoding: chunked", $"2\r\n{Chat}\r\n0\r\n\r\n", "400", "" },
        { "a trailer that would be a header", "Transfer-Encoding: chunked", $"{Chunk(Chat)}0\r\nAuthorization: Bearer other\r\nContent-Length: 5\r\nX-Trailer: a\r\n\r\n", "200 200", "200 200" },
        { "two hosts", "Host: other\r\nContent-Length: LENGTH", Chat, "400", "400" },
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task A_request_is_one_or_none(string name, string headers, string body, string whole, string passedOn)
    {
        await ShouldBeOneAsync("/v1/chat/completions", name, headers, body, whole);
        await ShouldBeOneAsync("/v1/uploads", name, headers, body, passedOn);
    }

    private async Task ShouldBeOneAsync(string path, string name, string headers, string body, string statuses)
    {
        var length = body.Replace("KEY", gateway.Key, StringComparison.Ordinal).Length;
        var head = $"POST {path} HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer KEY\r\nContent-Type: application/json\r\n{headers.Replace("LENGTH", $"{length}", StringComparison.Ordinal)}\r\n\r\n";

        var (answered, _, received) = await gateway.SendAsync($"{head}{body}");

        answered.ShouldBe(statuses, name);
        received.Select(request => $"{request.Method} {request.Target}").ShouldBe(statuses.StartsWith("200", StringComparison.Ordinal) ? [$"POST {path}"] : [], name);
        received.ShouldAllBe(request => request.Body.EndsWith("""content":"Hi"}]}""", StringComparison.Ordinal) && !request.Headers.ContainsKey("X-Content-Length") && !request.Headers.ContainsKey("X-Trailer"));
    }

    private static string Chunk(string text) => $"{text.Length:x}\r\n{text}\r\n";
}
