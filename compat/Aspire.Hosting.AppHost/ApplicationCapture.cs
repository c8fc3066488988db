using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>
/// Lets a test run an AppHost's own entry point and step in: before the builder is made, where it builds, and where it starts.
/// It is seen only by code that the entry point itself runs, so that several AppHosts may run side by side.
/// </summary>
internal sealed class ApplicationCapture(Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
{
    private static readonly AsyncLocal<ApplicationCapture?> Ambient = new();

    private readonly TaskCompletionSource<DistributedApplicationBuilder> _building = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _mayBuild = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _built = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _starting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _entryPoint = Task.CompletedTask;

    public static ApplicationCapture? Current => Ambient.Value;

    public Task<DistributedApplicationBuilder> RunAsync(Action entryPoint, CancellationToken cancellationToken)
    {
        _entryPoint = Task.Factory.StartNew(
            () =>
            {
                Ambient.Value = this;
                entryPoint();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        return OrEntryPointEndsAsync(_building.Task, "built an application", cancellationToken);
    }

    public async Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        _mayBuild.TrySetResult();
        return await OrEntryPointEndsAsync(_built.Task, "built an application", cancellationToken);
    }

    /// <summary>Starts the application for the test, once the entry point has come to where it would.</summary>
    public async Task StartAsync(Func<CancellationToken, Task> start, CancellationToken cancellationToken)
    {
        await OrEntryPointEndsAsync(Value(_starting.Task), "started the application", cancellationToken);
        try
        {
            await start(cancellationToken);
            _started.TrySetResult();
        }
        catch (Exception exception)
        {
            _started.TrySetException(exception);
            throw;
        }
    }

    /// <summary>Ends with the entry point. Where the application was never started, the entry point is told that it was cancelled.</summary>
    public async Task EntryPointEndsAsync(bool started)
    {
        _mayBuild.TrySetCanceled();
        if (_started.TrySetCanceled() || !started)
        {
            // Its own exception is that cancellation, or the failure to start that the test has already seen.
            await _entryPoint.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            return;
        }

        await _entryPoint;
    }

    public void Configure(DistributedApplicationOptions options, HostApplicationBuilderSettings settings) => configure(options, settings);

    public void Building(DistributedApplicationBuilder builder)
    {
        _building.TrySetResult(builder);
        _mayBuild.Task.GetAwaiter().GetResult();
    }

    public void Built(DistributedApplication application) => _built.TrySetResult(application);

    public Task EntryPointStartsAsync(CancellationToken cancellationToken)
    {
        _starting.TrySetResult();
        return _started.Task.WaitAsync(cancellationToken);
    }

    private static async Task<bool> Value(Task task)
    {
        await task;
        return true;
    }

    private async Task<T> OrEntryPointEndsAsync<T>(Task<T> step, string what, CancellationToken cancellationToken)
    {
        await Task.WhenAny(step, _entryPoint).WaitAsync(cancellationToken);
        if (!step.IsCompleted)
        {
            await _entryPoint;
            throw new InvalidOperationException($"The entry point ended before it {what}.");
        }

        return await step;
    }
}
