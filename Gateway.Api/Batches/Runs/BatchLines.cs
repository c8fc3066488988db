using Gateway.Api.Access;
using Gateway.Api.Batches.Lines;
using Gateway.Api.Batches.Storage;
using Gateway.Api.Configuration;
using Gateway.Api.Pipeline;
using Gateway.Api.Routing;

namespace Gateway.Api.Batches.Runs;

/// <summary>
/// Runs the lines that have no result yet, as many at once as may be. A line waits where its caller's limits have no room, or its model is busy; what
/// is left when the batch expires or is cancelled gets that for a result.
/// </summary>
internal sealed partial class BatchLines(
    BatchInput input, IBatchStore store, LineCall call, BatchOwner owner, LiveConfiguration configuration, TimeProvider time, ILogger<BatchLines> logger)
{
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(1);

    // A limit may be raised before its time.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // Of all batches: tenants take turns.
    private readonly TargetQueue _places = new(time);

    public async Task RunAsync(BatchRun run)
    {
        var done = await store.ListDoneAsync(run.Batch.Name, run.GivenUp);
        var lines = input.ReadAsync(run.Batch, run.GivenUp).TakeWhile(_ => !run.IsStopping).Where(line => !done.Contains(line.Number));
        var options = new ParallelOptions { MaxDegreeOfParallelism = configuration.Current.Batches.Concurrency, CancellationToken = run.GivenUp };
        await Parallel.ForEachAsync(lines, options, async (line, _) => await RunAsync(run, line));
    }

    private async Task RunAsync(BatchRun run, RawLine raw)
    {
        var line = input.Parse(run.Batch, raw);
        var id = run.Batch.RequestIdOf(raw.Number);
        var result = line.Fault is { } fault ? LineResults.Of(id, line.CustomId, fault, raw.Number) : await ResultOfAsync(run, line, raw.Number, id);
        if (result is not null)
        {
            await run.AddResultAsync(raw.Number, result.Value);
        }
    }

    // Null where the gateway is being stopped: whoever goes on with the batch runs the line.
    private async Task<BatchResult?> ResultOfAsync(BatchRun run, BatchLine line, int number, string id)
    {
        DateTimeOffset? busySince = null;
        while (true)
        {
            var isTry = await run.Pause.WaitAsync(run.NoMore);
            if (run.LeftOut is { } reason)
            {
                run.Pause.End(isTry);
                return LineResults.Of(id, line.CustomId, reason, number);
            }

            if (run.IsStopping)
            {
                break;
            }

            if (owner.TryFind(run.Batch, out var caller) is { } refusal)
            {
                run.Pause.End(isTry);
                return LineResults.Of(id, line.CustomId, AnswerOf(refusal));
            }

            var answer = await AskAsync(run, caller, line, id);
            busySince = answer is { IsBusy: true } ? busySince ?? time.GetUtcNow() : null;
            if (answer is not null && PauseAfter(answer, busySince) is { } pause)
            {
                run.Pause.Begin(pause, isTry);
                continue;
            }

            run.Pause.End(isTry);
            return answer is null ? LineResults.Of(id, line.CustomId, LineFault.Failed, number) : LineResults.Of(id, line.CustomId, answer);
        }

        return null;
    }

    // Null where the gateway failed at it.
    private async Task<LineAnswer?> AskAsync(BatchRun run, Caller caller, BatchLine line, string id)
    {
        while (!await _places.EnterAsync(configuration.Current.Batches.Concurrency, run.Batch.Tenant, priority: 0, Patience, longest: int.MaxValue, run.GivenUp))
        {
        }

        try
        {
            return await call.RunAsync(BatchEndpoint.Find(run.Batch.Endpoint)!, caller, line.Body, id, run.GivenUp);
        }
        catch (Exception bug) when (!run.GivenUp.IsCancellationRequested)
        {
            LogFailed(bug, id);
            return null;
        }
        finally
        {
            _places.Leave();
        }
    }

    private TimeSpan? PauseAfter(LineAnswer answer, DateTimeOffset? busySince)
    {
        if (!answer.IsLimited && !(answer.IsBusy && time.GetUtcNow() - busySince < configuration.Current.Batches.Retry))
        {
            return null;
        }

        var wanted = answer.RetryAfter ?? LeastPause;
        return wanted < LeastPause ? LeastPause : wanted > LongestPause ? LongestPause : wanted;
    }

    private static LineAnswer AnswerOf(Refusal refusal)
    {
        using var body = new PooledBodyWriter();
        OpenAIErrors.WriteBody(body, refusal);
        return new LineAnswer(refusal.Status, body.Written.ToArray(), RetryAfter: null, WasCalled: false);
    }

    [LoggerMessage(LogLevel.Error, "The gateway failed at {Request} of a batch.")]
    private partial void LogFailed(Exception bug, string request);
}
