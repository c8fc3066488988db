using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;

namespace Gateway.Tests.Mcp;

/// <summary>A server with everything that the conformance suite asks for by name, and nothing between it and the HTTP binding.</summary>
public sealed class ConformanceHost : LoopbackHost
{
    private ConformanceHost(WebApplication app, LogRecorder log) : base(app, log)
    {
    }

    public Uri Endpoint => new($"http://localhost:{Address.Port}/mcp");

    public static async Task<ConformanceHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var (app, log) = await StartAsync(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value), Add, app => app.MapMcp("/mcp"));
        return new ConformanceHost(app, log);
    }

    private static void Add(WebApplicationBuilder builder) => builder.Services.AddSingleton(TimeProvider.System)
        .AddMcpServer(options => options.ServerInfo = new Implementation { Name = "conformance", Version = "1.0.0" })
        .WithHttpTransport()
        .WithTools<ConformanceTools>()
        .WithTools<ConformanceInputTools>()
        .WithResources<ConformanceResources>()
        .WithPrompts<ConformancePrompts>()
        .WithCompleteHandler((_, _) => ValueTask.FromResult(new CompleteResult { Completion = new Completion { Values = ["paris", "park", "party"], Total = 3 } }))
        .WithSetLoggingLevelHandler((_, _) => ValueTask.FromResult(new EmptyResult()));
}
