using System.Collections.Concurrent;

namespace Aws.Deployment.Verification.Load;

/// <summary>Asks one question apart, and then as many at once as it is told, until the number or the time is up.</summary>
internal sealed class LoadRun(LoadCaller caller, LoadOptions options, TimeProvider time)
{
    public async Task<LoadResult> RunAsync(CancellationToken cancellationToken)
    {
        var first = await caller.AskAsync(cancellationToken);
        var samples = new ConcurrentQueue<LoadSample>();
        var begun = time.GetTimestamp();
        var taken = 0;
        await Task.WhenAll(Enumerable.Range(0, options.Concurrency).Select(_ => Task.Run(AskAllAsync, cancellationToken)));
        return new LoadResult(first, [.. samples], time.GetElapsedTime(begun));

        async Task AskAllAsync()
        {
            while (options.Requests is { } most ? Interlocked.Increment(ref taken) <= most : time.GetElapsedTime(begun) < options.Duration)
            {
                samples.Enqueue(await caller.AskAsync(cancellationToken));
            }
        }
    }
}
