using System.Threading.Channels;
using StackExchange.Redis.Connections;

namespace StackExchange.Redis;

/// <summary>The messages of one subscription, in order. Where its reader is slow, the oldest beyond 65,536 are dropped: publishing promises nothing more.</summary>
public sealed class ChannelMessageQueue : IAsyncEnumerable<ChannelMessage>
{
    private const int Capacity = 65_536;

    private readonly Channel<ChannelMessage> _messages = System.Threading.Channels.Channel.CreateBounded<ChannelMessage>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleWriter = true });

    private readonly SubscriptionHub _hub;

    internal ChannelMessageQueue(RedisChannel channel, SubscriptionHub hub)
    {
        Channel = channel;
        _hub = hub;
    }

    /// <summary>What was subscribed to.</summary>
    public RedisChannel Channel { get; }

    /// <summary>Ends when the subscription has and all its messages were read.</summary>
    public Task Completion => _messages.Reader.Completion;

    /// <summary>Calls this for each message, one after another. A message whose handler fails is reported as <see cref="IConnectionMultiplexer.InternalError"/>.</summary>
    public void OnMessage(Action<ChannelMessage> handler) => OnMessage(message =>
    {
        handler(message);
        return Task.CompletedTask;
    });

    /// <summary>The same with a handler that is awaited before the next message.</summary>
    public void OnMessage(Func<ChannelMessage, Task> handler) => _ = Task.Run(async () =>
    {
        await foreach (var message in this)
        {
            try
            {
                await handler(message);
            }
            catch (Exception exception)
            {
                _hub.ReportHandlerError(exception);
            }
        }
    });

    /// <exception cref="ChannelClosedException">The subscription has ended.</exception>
    public ValueTask<ChannelMessage> ReadAsync(CancellationToken cancellationToken = default) => _messages.Reader.ReadAsync(cancellationToken);

    public bool TryRead(out ChannelMessage item) => _messages.Reader.TryRead(out item);

    public IAsyncEnumerator<ChannelMessage> GetAsyncEnumerator(CancellationToken cancellationToken = default)
        => _messages.Reader.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);

    /// <summary>Ends this subscription only; others to the same channel go on.</summary>
    public Task UnsubscribeAsync(CommandFlags flags = CommandFlags.None) => _hub.UnsubscribeAsync(this, flags);

    internal void Add(ChannelMessage message) => _messages.Writer.TryWrite(message);

    internal void Complete() => _messages.Writer.TryComplete();
}
