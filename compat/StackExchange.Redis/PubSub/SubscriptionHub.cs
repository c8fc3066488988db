using System.Collections.Immutable;
using StackExchange.Redis.Wire;

namespace StackExchange.Redis.Connections;

/// <summary>Who takes which channel's messages. It outlives connections: a new one subscribes to all that is in here.</summary>
internal sealed class SubscriptionHub : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly ConnectionFactory _factory;
    private readonly Action<Exception> _reportHandlerError;
    private readonly ConnectionKeeper _keeper;
    private HashSet<RedisChannel> _subscribed = [];
    private volatile ImmutableDictionary<RedisChannel, ImmutableList<Subscription>> _channels = ImmutableDictionary<RedisChannel, ImmutableList<Subscription>>.Empty;

    public SubscriptionHub(ConnectionFactory factory, Action<Exception> reportHandlerError)
    {
        _factory = factory;
        _reportHandlerError = reportHandlerError;
        _keeper = new ConnectionKeeper(factory, ConnectionType.Subscription, database: 0, this);
    }

    public ConnectionKeeper Keeper => _keeper;

    public void ReportHandlerError(Exception exception) => _reportHandlerError(exception);

    /// <summary>Ends when the server has confirmed it, or there is no connection: the next one brings it.</summary>
    public async Task<ChannelMessageQueue> SubscribeAsync(RedisChannel channel, Action<RedisChannel, RedisValue>? handler, CommandFlags flags)
    {
        if (channel.IsNullOrEmpty)
        {
            throw new ArgumentException("A channel to subscribe to has a name.", nameof(channel));
        }

        var queue = new ChannelMessageQueue(channel, this);
        if (handler is not null)
        {
            queue.OnMessage(message => handler(message.Channel, message.Message));
        }

        Task told;
        lock (_gate)
        {
            _channels = _channels.SetItem(channel, _channels.GetValueOrDefault(channel, []).Add(new Subscription(queue, handler)));
            told = TellAsync(channel.IsPattern ? Commands.Psubscribe : Commands.Subscribe, channel, flags);
        }

        await told;
        return queue;
    }

    /// <summary>Ends all subscriptions to a channel, or those with this handler.</summary>
    public Task UnsubscribeAsync(RedisChannel channel, Action<RedisChannel, RedisValue>? handler, CommandFlags flags)
        => UnsubscribeAsync(channel, subscription => handler is null || subscription.Handler == handler, flags);

    public Task UnsubscribeAsync(ChannelMessageQueue queue, CommandFlags flags)
        => UnsubscribeAsync(queue.Channel, subscription => subscription.Queue == queue, flags);

    public Task UnsubscribeAllAsync(CommandFlags flags) => Task.WhenAll(_channels.Keys.Select(channel => UnsubscribeAsync(channel, _ => true, flags)));

    /// <summary>Subscribes a new connection to everything, before it is used.</summary>
    public async Task SubscribeAllAsync(RedisConnection connection)
    {
        _subscribed = [.. _channels.Keys];
        try
        {
            await Task.WhenAll(_subscribed.Select(channel => SubscribeAsync(connection, channel)))
                .WaitAsync(TimeSpan.FromMilliseconds(_factory.Options.ConnectTimeout), _factory.Clock);
        }
        catch (Exception exception) when (exception is RedisServerException or TimeoutException)
        {
            connection.Break(ConnectionFailureType.InternalFailure, exception.Message, exception);
            throw await connection.Broken;
        }
    }

    /// <summary>Subscribes to what came between <see cref="SubscribeAllAsync"/> and the connection's being used.</summary>
    public void SubscribeToLatecomers(RedisConnection connection)
    {
        foreach (var channel in _channels.Keys.Where(channel => !_subscribed.Contains(channel)))
        {
            _ = SubscribeAsync(connection, channel);
        }
    }

    /// <summary>["subscribe", channel, 1] and the like.</summary>
    public static bool IsConfirmation(Reply reply)
        => reply.Items is [var kind, ..] && (kind.Is("subscribe"u8) || kind.Is("psubscribe"u8) || kind.Is("unsubscribe"u8) || kind.Is("punsubscribe"u8));

    // ["message", channel, text] or ["pmessage", pattern, channel, text]; an array in RESP2, a push in RESP3
    public bool TryDeliver(Reply reply)
    {
        var items = reply.Items;
        if (items.Length == 3 && items[0].Is("message"u8))
        {
            var channel = RedisChannel.Of(items[1].Value!, isPattern: false);
            Deliver(channel, channel, items[2].Value);
            return true;
        }

        if (items.Length == 4 && items[0].Is("pmessage"u8))
        {
            Deliver(RedisChannel.Of(items[1].Value!, isPattern: true), RedisChannel.Of(items[2].Value!, isPattern: false), items[3].Value);
            return true;
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        await _keeper.DisposeAsync();
        foreach (var subscription in _channels.Values.SelectMany(subscriptions => subscriptions))
        {
            subscription.Queue.Complete();
        }
    }

    private void Deliver(RedisChannel subscribed, RedisChannel published, RedisValue message)
    {
        foreach (var subscription in _channels.GetValueOrDefault(subscribed, []))
        {
            subscription.Queue.Add(new ChannelMessage(subscribed, published, message));
        }
    }

    private async Task UnsubscribeAsync(RedisChannel channel, Predicate<Subscription> ended, CommandFlags flags)
    {
        var told = Task.CompletedTask;
        lock (_gate)
        {
            var subscriptions = _channels.GetValueOrDefault(channel, []);
            subscriptions.FindAll(ended).ForEach(subscription => subscription.Queue.Complete());
            subscriptions = subscriptions.RemoveAll(ended);
            var isLast = subscriptions.IsEmpty && _channels.ContainsKey(channel);
            _channels = subscriptions.IsEmpty ? _channels.Remove(channel) : _channels.SetItem(channel, subscriptions);
            if (isLast)
            {
                told = TellAsync(channel.IsPattern ? Commands.Punsubscribe : Commands.Unsubscribe, channel, flags);
            }
        }

        await told;
    }

    private async Task SubscribeAsync(RedisConnection connection, RedisChannel channel)
    {
        var pending = new Pending<bool>(channel.IsPattern ? Commands.Psubscribe : Commands.Subscribe, _factory.Patience, static _ => true);
        if (!connection.TrySend(pending, [channel.Name]))
        {
            throw await connection.Broken;
        }

        await pending.Task;
    }

    // Called within the lock, so that the server is told in the order of what is kept here.
    private async Task TellAsync(RedisCommand command, RedisChannel channel, CommandFlags flags)
    {
        _ = _keeper.StartAsync();
        var pending = new Pending<bool>(command, _factory.Patience, static _ => true);
        _keeper.Send(pending, [channel.Name]);
        if (flags.HasFlag(CommandFlags.FireAndForget))
        {
            return;
        }

        try
        {
            await pending.Task;
        }
        catch (RedisConnectionException)
        {
            // The next connection subscribes to what is in here by then, and to nothing else.
        }
    }
}
