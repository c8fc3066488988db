using Gateway.Tests.Accounting;

namespace Gateway.Tests.Failures;

/// <summary>
/// Callers of all gateways of a system, each of one, who ask one chat after the other, whole and streamed in turn, and tell the observer.
/// One whose gateway dies goes on when it is back.
/// </summary>
internal sealed class WatchedLoad : IAsyncDisposable
{
    // Whoever is refused does not ask again at once.
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromMilliseconds(10);

    private readonly Observer _observer;
    private readonly string _prefix;
    private readonly string _key;
    private readonly bool _mayBeRefused;
    private readonly List<Task> _callers;
    private volatile bool _isOver;
    private int _finished;

    /// <param name="prefix">Of their requests' ids.</param>
    /// <param name="limitedKey">One whose limits may refuse them; the system's where it is left out.</param>
    public WatchedLoad(MeteredSystem system, Observer observer, int callers, string prefix = "load", string? limitedKey = null)
    {
        (_observer, _prefix, _key, _mayBeRefused) = (observer, prefix, limitedKey ?? system.Key, limitedKey is not null);
        _callers = [.. Enumerable.Range(0, callers).Select(number => Task.Run(() => CallAsync(system.Gateways[number % system.Gateways.Count])))];
    }

    /// <summary>Answers that came to their end.</summary>
    public int Finished => Volatile.Read(ref _finished);

    /// <summary>Ends when so many answers have come to their end, all in all.</summary>
    public async Task UntilFinishedAsync(int answers, CancellationToken cancellationToken)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (Finished < answers)
        {
            await tick.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>Lets the callers finish what they are at.</summary>
    public Task EndAsync()
    {
        _isOver = true;
        return Task.WhenAll(_callers);
    }

    public async ValueTask DisposeAsync() => await EndAsync();

    private async Task CallAsync(MeteredGateway gateway)
    {
        using var asker = new Asker(gateway.Process.Address, _key);
        for (var stream = false; !_isOver; stream = !stream)
        {
            var id = _observer.NextId(_prefix);
            var answer = await asker.AskAsync(id, stream, CancellationToken.None);
            _observer.Saw(id, answer, _mayBeRefused);
            if (answer.IsWhole)
            {
                Interlocked.Increment(ref _finished);
                continue;
            }

            await gateway.Ready;
            await (answer.Fault is null ? Task.CompletedTask : Task.Delay(AfterRefusal, TimeProvider.System));
        }
    }
}
