using Xunit;

namespace Gateway.Tests.Mcp;

public sealed class SharedConformanceHost : IAsyncLifetime
{
    public ConformanceHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await ConformanceHost.StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
