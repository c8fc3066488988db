using Gateway.Api.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Configuration;

[Trait("Requirement", "G7.4")]
public sealed class McpServerOptionsTests
{
    [Fact]
    public void A_server_that_cannot_be_is_refused_by_its_keys()
    {
        var failure = Should.Throw<OptionsValidationException>(() => Read(
            ("Gateway:McpServers:a b:TimeoutSeconds", "1"),
            ("Gateway:McpServers:one:Url", "mcp"), ("Gateway:McpServers:one:ApiKey", "sk-secret"), ("Gateway:McpServers:one:TimeoutSeconds", "0"),
            ("Gateway:McpServers:two:Url", "http://tools.example.com/mcp"), ("Gateway:McpServers:two:MaxReplyBytes", "1"),
            ("Gateway:McpServers:three:Url", "https://user:password@tools.example.com/mcp"),
            ("Gateway:ToolLoop:MaxRounds", "0"), ("Gateway:ToolLoop:MaxCostUsd", "0")));

        failure.Failures.ShouldBe(
            [
                "Gateway:McpServers:a b is no name of an MCP server; it must be 1 to 32 letters, digits, '-' and '_'.",
                "Gateway:McpServers:one:Url is 'mcp'; it must be an absolute http or https address.",
                "Gateway:McpServers:one:ApiKey must be a reference of the form env:NAME, secret:NAME#KEY or parameter:NAME, never the secret itself.",
                "Gateway:McpServers:one:TimeoutSeconds is 0; allowed: 0.1 to 600.",
                "Gateway:McpServers:two:Url is plain HTTP to a host that is neither loopback nor private ('tools.example.com'); use https, or set Gateway:McpServers:two:AllowInsecure.",
                "Gateway:McpServers:two:MaxReplyBytes is 1; allowed: 1024 to 67108864.",
                "Gateway:McpServers:three:Url must hold no fragment or credentials.",
                "Gateway:ToolLoop:MaxRounds is 0; allowed: 1 to 100.",
                "Gateway:ToolLoop:MaxCostUsd is 0; allowed: 1E-06 to 1000000.",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public void Servers_as_they_may_be_are_taken() => Read(
        ("Gateway:McpServers:products:ForwardCallerKey", "true"),
        ("Gateway:McpServers:orders:Url", "https://tools.example.com/mcp?tenant=1"), ("Gateway:McpServers:orders:ApiKey", "env:ORDERS_KEY"), ("Gateway:McpServers:orders:AllowedTools:0", "get_order"),
        ("Gateway:McpServers:lab:Url", "http://tools.example.com/mcp"), ("Gateway:McpServers:lab:AllowInsecure", "true"));

    private static void Read(params (string Key, string Value)[] settings)
    {
        using var live = new LiveConfiguration(
            new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build(), NullLogger<LiveConfiguration>.Instance);
    }
}
