using System.Threading.Channels;

namespace ServiceDefaults.Events;

/// <summary>Somebody who is told of what happens, until disposed of. What it is too slow for is dropped and counted: nobody waits for it.</summary>
public sealed class EventSubscription<T> : IDisposable
{
    private const int MostWaiting = 1_000;

    private readonly Channel<T> _waiting = Channel.CreateBounded<T>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly Func<T, bool> _wants;
    private readonly Action<EventSubscription<T>> _leave;
    private int _dropped;

    internal EventSubscription(Func<T, bool> wants, IReadOnlyList<T> since, bool isReset, Action<EventSubscription<T>> leave)
    {
        (_wants, Since, IsReset, _leave) = (wants, since, isReset, leave);
    }

    /// <summary>What happened since it was there last.</summary>
    public IReadOnlyList<T> Since { get; }

    /// <summary>Whether nobody knows any more what happened since.</summary>
    public bool IsReset { get; }

    public ChannelReader<T> Reader => _waiting.Reader;

    /// <summary>How many were dropped since this was asked.</summary>
    public int TakeDropped() => Interlocked.Exchange(ref _dropped, 0);

    public void Dispose() => _leave(this);

    internal void Take(T item)
    {
        if (_wants(item) && !_waiting.Writer.TryWrite(item))
        {
            Interlocked.Increment(ref _dropped);
        }
    }
}
