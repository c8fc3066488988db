using Shouldly;
using Xunit;

namespace Gateway.Tests.Security;

/// <summary>Which headers go through, in both directions, and that nothing which a caller may choose makes one.</summary>
public sealed class HeaderTests(RawGateway gateway) : IClassFixture<RawGateway>
{
    private const string Chat = """{"model":"phi-3-mini","messages":[{"role":"user","content":"Hi"}]}""";

    /// <summary>Everything that names a caller, tells of its network, or is of its connection alone.</summary>
    private const string Private =
        "Authorization: Bearer KEY\r\nx-api-key: KEY\r\nCookie: session=KEY\r\nProxy-Authorization: Basic KEY\r\napi-key: KEY\r\nOpenAI-Organization: org\r\nOpenAI-Project: p\r\n"
        + "Connection: x-of-this-hop, content-length, not a header\r\nx-of-this-hop: 1\r\nKeep-Alive: timeout=5\r\nTE: trailers\r\nForwarded: for=10.0.0.1\r\nX-Forwarded-For: 10.0.0.1\r\n"
        + "X-Forwarded-Host: inside\r\nX-Forwarded-Proto: https\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\ntracestate: a=b\r\nbaggage: c=d\r\nOrigin: https://page.example\r\n";

    [Fact]
    [Trait("Requirement", "G6.4")]
    public async Task A_chat_takes_nothing_of_its_callers_along()
    {
        var (statuses, _, received) = await gateway.SendAsync($"POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\n{Private}Content-Type: application/json\r\nContent-Length: {Chat.Length}\r\n\r\n{Chat}");

        statuses.ShouldBe("200 200");
        var headers = received.ShouldHaveSingleItem().Headers;
        headers.Keys.Order(StringComparer.Ordinal).ShouldBe(["Authorization", "Content-Length", "Content-Type", "Host", "X-Request-ID"]);
        headers["Authorization"].ShouldBe($"Bearer {RawGateway.ProviderKey}");
        headers["Host"].ShouldStartWith("127.0.0.1:");
    }

    [Fact]
    [Trait("Requirement", "G6.4")]
    public async Task What_is_passed_on_takes_neither_its_callers_credentials_nor_those_of_its_connection_along()
    {
        var (statuses, _, received) = await gateway.SendAsync($"POST /v1/uploads HTTP/1.1\r\nHost: gateway\r\n{Private}x-kept: 1\r\nContent-Type: application/json\r\nContent-Length: {Chat.Length}\r\n\r\n{Chat}");

        statuses.ShouldBe("200 200");
        var headers = received.ShouldHaveSingleItem().Headers;
        headers.Keys.Order(StringComparer.Ordinal).ShouldBe(["Authorization", "Content-Length", "Content-Type", "Host", "Origin", "X-Request-ID", "x-kept"]);
        headers["Authorization"].ShouldBe($"Bearer {RawGateway.ProviderKey}");
        headers.Values.ShouldAllBe(value => !value.Contains(gateway.Key, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/uploads")]
    public async Task An_upstream_sets_no_cookies_and_says_nothing_for_the_gateway(string path)
    {
        gateway.Adds = headers =>
        {
            headers.SetCookie = "session=of-the-provider; path=/";
            headers["Clear-Site-Data"] = "\"*\"";
            headers.AccessControlAllowOrigin = "*";
            headers.AccessControlAllowCredentials = "true";
            headers["openai-organization"] = "org-of-the-operator";
            headers["x-ratelimit-remaining-requests"] = "of-the-operator";
            headers["Keep-Alive"] = "timeout=1";
            headers.ProxyAuthenticate = "Basic";
        };

        var (statuses, replies, _) = await gateway.SendAsync($"POST {path} HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer KEY\r\nContent-Type: application/json\r\nContent-Length: {Chat.Length}\r\n\r\n{Chat}");

        gateway.Adds = _ => { };
        statuses.ShouldBe("200 200");
        foreach (var name in (string[])["Set-Cookie", "Clear-Site-Data", "Access-Control-", "of-the-operator", "Keep-Alive", "Proxy-Authenticate"])
        {
            replies.ShouldNotContain(name, Case.Insensitive);
        }
    }

    [Theory]
    [InlineData("POST /v1/chat/completions", """{"model":"a\r\nInjected: 1","messages":[{"role":"user","content":"Hi"}]}""", "404 200")]
    [InlineData("POST /v1/chat/completions", """{"model":"phi-3-mini","user":"a\r\nInjected: 1","a\r\nInjected: 1":2,"messages":[{"role":"user","content":"Hi"}]}""", "200 200")]
    [InlineData("POST /v1/uploads", """{"model":"a\r\nInjected: 1"}""", "200 200")]
    [InlineData("POST /v1/uploads%0d%0aInjected:%201?q=%0d%0aInjected:%201", "{}", "200 200")]
    [InlineData("POST /v1/nothing-here", "{}", "200 200")]
    [InlineData("GET /v1/models/a%0d%0aInjected:%201", "", "404 200")]
    [InlineData("GET /v1/responses/a%0d%0aInjected:%201", "", "404 200")]
    [InlineData("GET /v1/files?after=a%0d%0aInjected:%201", "", "400 200")]
    public async Task No_line_break_makes_a_header(string line, string body, string expected)
    {
        var (statuses, replies, received) = await gateway.SendAsync($"{line} HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer KEY\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");

        statuses.ShouldBe(expected);
        replies.ShouldNotContain("\nInjected");
        received.ShouldAllBe(request => !request.Headers.ContainsKey("Injected"));
    }

    [Theory]
    [InlineData("http://169.254.169.254/v1/uploads")]
    [InlineData("http://user:secret@inside/v1/uploads")]
    public async Task An_address_in_the_request_line_leads_nowhere_but_to_the_provider(string target)
    {
        var (_, _, received) = await gateway.SendAsync($"POST {target} HTTP/1.1\r\nHost: {new Uri(target).Authority}\r\nAuthorization: Bearer KEY\r\nContent-Length: 0\r\n\r\n");

        received.ShouldAllBe(request => request.Target == "/v1/uploads" && request.Headers["Host"].StartsWith("127.0.0.1:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("GET /v1/uploads HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer KEY\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n")]
    [InlineData("CONNECT 169.254.169.254:80 HTTP/1.1\r\nHost: 169.254.169.254:80\r\nAuthorization: Bearer KEY\r\n\r\n")]
    public async Task No_tunnel_is_opened(string head)
    {
        var (statuses, _, received) = await gateway.SendAsync(head);

        statuses.ShouldNotStartWith("101");
        received.ShouldAllBe(request => request.Target == "/v1/uploads" && !request.Headers.ContainsKey("Upgrade"));
    }
}
