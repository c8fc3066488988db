using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>A distributed application, ready to run. When it ends, in whatever way, none of its processes stays behind.</summary>
public partial class DistributedApplication : IHost, IAsyncDisposable
{
    private readonly IHost _host;
    private readonly ApplicationCapture? _capture = ApplicationCapture.Current;
    private readonly ILogger _logger;
    private bool _started;
    private bool _disposed;

    public DistributedApplication(IHost host)
    {
        _host = host;
        _logger = host.Services.GetRequiredService<ILogger<DistributedApplication>>();
    }

    public IServiceProvider Services => _host.Services;

    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    private IHostApplicationLifetime Lifetime => Services.GetRequiredService<IHostApplicationLifetime>();

    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => new DistributedApplicationBuilder(args);

    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options) => new DistributedApplicationBuilder(options);

    /// <summary>Sets all resources on their way up. A <see cref="BeforeStartEvent"/> subscriber's exception ends it, with nothing started.</summary>
    public virtual async Task StartAsync(CancellationToken cancellationToken = default)
    {
        // Under test the AppHost's own call only says that it has come this far; the test starts the application.
        if (_capture is not null && ApplicationCapture.Current == _capture)
        {
            await _capture.EntryPointStartsAsync(cancellationToken);
            return;
        }

        await (_capture is null ? StartCoreAsync(cancellationToken) : _capture.StartAsync(StartCoreAsync, cancellationToken));
    }

    /// <summary>Stops all resources, each of which has ten seconds to end.</summary>
    public virtual Task StopAsync(CancellationToken cancellationToken = default) => _host.StopAsync(cancellationToken);

    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Runs until it is told to stop: by Ctrl+C (a second one kills what still runs), SIGTERM, or the token.</summary>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (_capture is not null && ApplicationCapture.Current == _capture)
        {
            await _capture.EntryPointStartsAsync(cancellationToken);
            await UntilAsync(Lifetime.ApplicationStopped);
            return;
        }

        var signals = 0;
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, KillOnSecond);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, KillOnSecond);
        try
        {
            await StartAsync(cancellationToken);
            await _host.WaitForShutdownAsync(cancellationToken);
        }
        finally
        {
            await DisposeAsync();
        }

        void KillOnSecond(PosixSignalContext context)
        {
            if (Interlocked.Increment(ref signals) > 1)
            {
                Services.GetRequiredService<ApplicationOrchestrator>().Kill();
            }
        }
    }

    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            if (_started && !Lifetime.ApplicationStopped.IsCancellationRequested)
            {
                await _host.StopAsync();
            }

            await (_capture?.EntryPointEndsAsync(_started) ?? Task.CompletedTask);
            if (_host is IAsyncDisposable host)
            {
                await host.DisposeAsync();
            }
        }

        GC.SuppressFinalize(this);
    }

    private static async Task UntilAsync(CancellationToken token)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = token.Register(cancelled.SetResult);
        await cancelled.Task;
    }

    private async Task StartCoreAsync(CancellationToken cancellationToken)
    {
        Starting(_logger);
        var beforeStart = new BeforeStartEvent(Services, Services.GetRequiredService<DistributedApplicationModel>());
        await Services.GetRequiredService<IDistributedApplicationEventing>().PublishAsync(beforeStart, cancellationToken);
        _started = true;
        await _host.StartAsync(cancellationToken);
        Started(_logger);
    }

    [LoggerMessage(1, LogLevel.Information, "Distributed application starting.")]
    private static partial void Starting(ILogger logger);

    [LoggerMessage(2, LogLevel.Information, "Distributed application started. Press Ctrl+C to shut down.")]
    private static partial void Started(ILogger logger);
}
