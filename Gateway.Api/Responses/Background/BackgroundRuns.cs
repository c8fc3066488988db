using System.Collections.Concurrent;
using Gateway.Api.Access;
using Gateway.Api.Configuration;
using Gateway.Api.Flags;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;
using Gateway.Api.Responses.Replies;
using Gateway.Api.Responses.Requests;
using Gateway.Api.Responses.Storage;

namespace Gateway.Api.Responses.Background;

/// <summary>
/// The responses that this process makes in the background. Each goes the way of any request, on a context of its own; who asked for it
/// is answered once it is admitted. While it runs its lease is renewed, so that what dies with its process is seen to have failed.
/// </summary>
internal sealed partial class BackgroundRuns(
    LiveConfiguration configuration, RequestPipeline pipeline, ContextReader contexts, ResponseKeeper keeper, IResponseStore store, FeatureFlags flags, IServiceProvider services, TimeProvider time, ILogger<BackgroundRuns> logger) : IHostedService
{
    private static readonly Refusal Stopping =
        new(StatusCodes.Status503ServiceUnavailable, "server_error", "stopping", "The gateway is being stopped. Try again in a moment.") { RetryAfter = TimeSpan.FromSeconds(1) };

    private static readonly ResponseError Stopped = new(ResponseError.ServerError, "The gateway was stopped before the response was complete.");
    private static readonly ResponseError Failed = new(ResponseError.ServerError, "The gateway failed at this response.");

    private readonly ConcurrentDictionary<string, (BackgroundRun Run, TaskCompletionSource Ended)> _runs = [];
    private int _count;
    private volatile bool _isStopping;

    /// <summary>Begins a response and answers the request for it.</summary>
    public async Task StartAsync(HttpContext http, ReadOnlyMemory<byte> body)
    {
        if (_isStopping)
        {
            await OpenAIErrors.WriteAsync(http, Stopping);
            return;
        }

        var options = configuration.Current.Responses;
        if (Interlocked.Increment(ref _count) > options.MaxBackgroundRuns)
        {
            Interlocked.Decrement(ref _count);
            await OpenAIErrors.WriteAsync(http, ResponseRefusals.TooManyInBackground(options.MaxBackgroundRuns));
            return;
        }

        var run = new BackgroundRun(Caller.KeyOf(http).Tenant, options.Lease);
        var running = RunAsync(run, http, body);
        await Task.WhenAny(run.Admitted, running);
        if (!run.IsAdmitted)
        {
            await OpenAIErrors.WriteAsync(http, run.Refusal ?? Stopping);
            return;
        }

        var (queued, headers) = await run.Admitted;
        foreach (var (name, value) in headers)
        {
            http.Response.Headers[name] = value;
        }

        http.Response.ContentType = "application/json";
        http.Response.ContentLength = queued.Length;
        await http.Response.BodyWriter.WriteAsync(queued);
    }

    /// <summary>Ends a run of this process at once; another process finds out when it next renews its lease.</summary>
    public void Cancel(string id)
    {
        if (_runs.TryGetValue(id, out var running))
        {
            running.Run.Cancel();
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        var running = _runs.Values.ToList();
        running.ForEach(each => each.Run.Stop());

        // What the host does not wait for has its lease run out.
        await Task.WhenAll(running.Select(each => each.Ended.Task)).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync(BackgroundRun run, HttpContext http, ReadOnlyMemory<byte> body)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _runs[run.Id] = (run, ended);
        using var beats = new CancellationTokenSource();
        var heartbeat = BeatAsync(run, beats.Token);
        try
        {
            await AnswerAsync(run, DetachedContext.Of(http, body, run, services));
        }
        catch (Exception bug)
        {
            LogFailed(bug, run.Id);
        }
        finally
        {
            await beats.CancelAsync();
            await heartbeat;
            _runs.TryRemove(run.Id, out _);
            Interlocked.Decrement(ref _count);
            run.Dispose();
            ended.SetResult();
        }
    }

    private async Task AnswerAsync(BackgroundRun run, HttpContext detached)
    {
        using var codec = new ResponsesCodec(contexts, keeper, this, flags, time, run);
        ResponseError? error = null;
        try
        {
            await pipeline.RunAsync(detached, Operation.Chat, codec);
        }
        catch (Exception bug)
        {
            LogFailed(bug, run.Id);
            error = Failed;
        }

        if (run is { IsAdmitted: true, HasEnded: false })
        {
            await codec.FailAsync(run, error ?? (run.IsStopping ? Stopped : run.Refusal is { } refusal ? ResponseError.Of(refusal) : Failed));
        }
    }

    private async Task BeatAsync(BackgroundRun run, CancellationToken cancellationToken)
    {
        try
        {
            await run.Admitted.WaitAsync(cancellationToken);
            using var timer = new PeriodicTimer(run.Heartbeat, time);
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await ExtendAsync(run, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
    }

    private async Task ExtendAsync(BackgroundRun run, CancellationToken cancellationToken)
    {
        try
        {
            if (!await store.ExtendAsync(run.Tenant, run.Id, time.GetUtcNow() + run.Lease, cancellationToken))
            {
                run.Cancel();
            }
        }
        catch (ResponsesUnavailableException)
        {
            // The next beat tries again; until then the lease that is there holds.
        }
    }

    [LoggerMessage(LogLevel.Error, "The response {Id} failed in the background.")]
    private partial void LogFailed(Exception bug, string id);
}
