using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Failures;

/// <summary>What no client of good will sends, byte for byte over a socket: a 4xx in OpenAI's form or a closed connection, and memory that is bounded.</summary>
[Collection(nameof(TwoGatewaysTests))]
[Trait("Suite", "failures")]
public sealed class HostileInputTests(TwoGateways gateways, ITestOutputHelper output)
{
    private const int Megabyte = 1024 * 1024;
    private const int SlowSenders = 8;
    private const int LargeAtOnce = 16;
    private const int Waves = 3;
    private const long MostGrowth = 192 * Megabyte;

    private static readonly Dictionary<string, Func<string, byte[]>> Requests = new()
    {
        ["malformed JSON"] = key => Chat(key, """{"model":"beside","messages":[{"role":"user","content":"x"}"""),
        ["nothing"] = key => Chat(key, ""),
        ["a million lists in each other"] = key => Chat(key, $$"""{"model":"beside","messages":{{new string('[', Megabyte)}}"""),
        ["a million objects in each other"] = key => Chat(key, $$"""{"model":"beside","messages":{{string.Concat(Enumerable.Repeat("{\"a\":", Megabyte))}}"""),
        ["not UTF-8"] = key => Chat(key, [.. "{\"model\":\""u8, 0xc3, 0x28, .. "\"}"u8]),
        ["UTF-16"] = key => Chat(key, Encoding.Unicode.GetBytes("""{"model":"beside","messages":[{"role":"user","content":"x"}]}""")),
        ["random bytes"] = key => Chat(key, RandomBytes(Megabyte)),
        ["11 MB of white space"] = key => Chat(key, new string(' ', 11 * Megabyte)),
        ["11 MB in chunks"] = key => [.. Head(key, "Transfer-Encoding: chunked"), .. Enumerable.Repeat("100000\r\n" + new string(' ', Megabyte) + "\r\n", 11).SelectMany(Encoding.ASCII.GetBytes), .. "0\r\n\r\n"u8],
        ["a terabyte announced"] = key => Head(key, "Content-Length: 1099511627776"),
        ["a length below nothing"] = key => Head(key, "Content-Length: -1"),
        ["two lengths"] = key => [.. Head(key, "Content-Length: 2\r\nContent-Length: 3"), .. "{}x"u8],
        ["a length and chunks"] = key => [.. Head(key, "Content-Length: 4\r\nTransfer-Encoding: chunked"), .. "2\r\n{}\r\n0\r\n\r\n"u8],
        ["a chunk of no number"] = key => [.. Head(key, "Transfer-Encoding: chunked"), .. "zz\r\n{}\r\n"u8],
        ["a chunk of too large a number"] = key => [.. Head(key, "Transfer-Encoding: chunked"), .. "ffffffffffffffff\r\n{}\r\n"u8],
        ["10,000 headers"] = key => Head(key, string.Join("\r\n", Enumerable.Range(0, 10_000).Select(number => $"x-{number}: 1"))),
        ["a header of a megabyte"] = key => Head(key, $"x-large: {new string('a', Megabyte)}"),
        ["a NUL in a header"] = key => Head(key, "x-nul: a\0b"),
        ["a header without an end"] = key => Head(key, "x-folded: a\r\n b"),
        ["an address of a megabyte"] = _ => Encoding.ASCII.GetBytes($"GET /v1/{new string('a', Megabyte)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
        ["an address with NUL and escapes"] = _ => Encoding.ASCII.GetBytes("GET /v1/%00%ff/..%2f..%2fetc HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
        ["no HTTP"] = _ => [.. "\x16\x03\x01\x02"u8, .. RandomBytes(512)],
        ["no version"] = _ => "POST /v1/chat/completions\r\n\r\n"u8.ToArray(),
        ["a method of a megabyte"] = _ => Encoding.ASCII.GetBytes(new string('A', Megabyte)),
    };

    public static TheoryData<string> Names => [.. Requests.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Names))]
    [Trait("Requirement", "V7.3")]
    public async Task It_is_refused_in_OpenAIs_form_or_the_connection_is_closed(string what)
    {
        foreach (var gateway in gateways.Processes)
        {
            using var caller = await RawCaller.ConnectAsync(gateway.Address, Token);
            await caller.TrySendAsync(Requests[what](gateways.Key), Token);
            ShouldBeRefused(await caller.ReadAsync(Token));
        }

        await ShouldServeAsync();
    }

    [Fact]
    [Trait("Requirement", "V7.3")]
    public async Task Who_sends_a_byte_a_second_is_sent_away_and_keeps_nobody_waiting()
    {
        var senders = gateways.Processes.SelectMany(gateway => Enumerable.Repeat(gateway, SlowSenders / 2)).Select(async gateway =>
        {
            using var caller = await RawCaller.ConnectAsync(gateway.Address, Token);
            await caller.TrySendAsync(Head(gateways.Key, "Content-Length: 1000000"), Token);
            var answer = caller.ReadAsync(Token);
            using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1));
            while (!answer.IsCompleted && await caller.TrySendAsync(" "u8.ToArray(), Token))
            {
                await tick.WaitForNextTickAsync(Token);
            }

            return await answer;
        }).ToList();

        await ShouldServeAsync();
        foreach (var answer in await Task.WhenAll(senders))
        {
            ShouldBeRefused(answer);
        }
    }

    [Fact]
    [Trait("Requirement", "V7.3")]
    public async Task The_largest_bodies_that_are_read_many_at_once_take_memory_that_is_used_again()
    {
        var body = Chat(gateways.Key, $$"""{"model":"beside","messages":[{"role":"user","content":"{{new string('x', 9 * Megabyte)}}"}] """);
        var gateway = gateways.Processes[0];
        var after = new List<long>();
        for (var wave = 0; wave < Waves; wave++)
        {
            await Task.WhenAll(Enumerable.Range(0, LargeAtOnce).Select(async _ =>
            {
                using var caller = await RawCaller.ConnectAsync(gateway.Address, Token);
                await caller.TrySendAsync(body, Token);
                ShouldBeRefused(await caller.ReadAsync(Token));
            }));
            after.Add(await gateway.ResidentBytesAsync());
        }

        output.WriteLine(string.Join(", ", after.Select(bytes => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)Megabyte:0} MB"))));
        (after[^1] - after[0]).ShouldBeLessThan(MostGrowth);
    }

    private static void ShouldBeRefused((int? Status, string Body) answer)
    {
        if (answer.Status is not { } status)
        {
            return;
        }

        status.ShouldBeInRange(400, 499, answer.Body);
        if (answer.Body.Length > 0)
        {
            JsonNode.Parse(answer.Body)!["error"]!["message"].ShouldNotBeNull(answer.Body);
        }
    }

    // Each gateway, and without having called anything an error of its own.
    private async Task ShouldServeAsync()
    {
        (await gateways.AskAsync("beside", stream: false, exchange => exchange.AnswerAsync())).ShouldAllBe(call => call.Text == TwoTargets.Reply);
        gateways.Processes.SelectMany(gateway => gateway.Lines).Where(line => line.Contains("\"level\":\"error\"", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static byte[] Chat(string key, string body) => Chat(key, Encoding.UTF8.GetBytes(body));

    private static byte[] Chat(string key, byte[] body) => [.. Head(key, string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}")), .. body];

    private static byte[] Head(string key, string headers) =>
        Encoding.ASCII.GetBytes($"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nConnection: close\r\n{headers}\r\n\r\n");

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        return bytes;
    }
}
