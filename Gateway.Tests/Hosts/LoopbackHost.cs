using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gateway.Tests.Hosts;

/// <summary>A real server on a port of its own on loopback, with its log kept for the test to read.</summary>
public abstract class LoopbackHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    protected LoopbackHost(WebApplication app, LogRecorder log)
    {
        _app = app;
        Log = log;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Http = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public LogRecorder Log { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Stops as a signal would: what is under way may finish.</summary>
    public Task StopAsync() => _app.StopAsync();

    public virtual async ValueTask DisposeAsync()
    {
        Http.Dispose();
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static async Task<(WebApplication App, LogRecorder Log)> StartAsync(
        IReadOnlyDictionary<string, string?> settings, Action<WebApplicationBuilder> add, Action<WebApplication> map)
    {
        var log = new LogRecorder();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Test" });
        builder.Configuration.AddInMemoryCollection(settings);
        add(builder);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(log);
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return (app, log);
    }
}
