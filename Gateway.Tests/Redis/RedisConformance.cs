using System.Globalization;
using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace Gateway.Tests.Redis;

/// <summary>What the client does with every server that the product may run with; the other parts of this class are one subject each.</summary>
public abstract partial class RedisConformance(ServerFixture server) : IAsyncLifetime
{
    private static int _keys;
    private ConnectionMultiplexer? _redis;

    protected virtual RedisProtocol Protocol => RedisProtocol.Resp2;

    private ConnectionMultiplexer Redis => _redis!;

    private IDatabase Database => Redis.GetDatabase();

    public async ValueTask InitializeAsync() => _redis = await ConnectAsync(server.Port);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
    }

    private static RedisKey NewKey() => string.Create(CultureInfo.InvariantCulture, $"{{test}}:{Interlocked.Increment(ref _keys)}");

    private Task<ConnectionMultiplexer> ConnectAsync(int port, Action<ConfigurationOptions>? configure = null) => Clients.ConnectAsync(port, options =>
    {
        options.Protocol = Protocol;
        configure?.Invoke(options);
    });

    [Fact]
    public async Task Answers_ping_and_says_that_it_is_connected()
    {
        (await Database.PingAsync()).ShouldBeLessThan(Clients.Soon);
        Redis.IsConnected.ShouldBeTrue();
        Database.IsConnected(NewKey()).ShouldBeTrue();
    }

    [Fact]
    public async Task Replies_come_in_the_order_of_commands_whoever_sends_them()
    {
        var key = NewKey();
        var callers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await Task.WhenAll(Enumerable.Range(0, 6_250).Select(_ => Database.StringIncrementAsync(key)))));

        var results = await Task.WhenAll(callers);

        foreach (var own in results)
        {
            own.ShouldBe(own.Order());
        }

        results.SelectMany(own => own).Order().ShouldBe(Enumerable.Range(1, 50_000).Select(number => (long)number));
    }

    [Fact]
    public async Task Large_values_come_back_as_they_went()
    {
        var key = NewKey();
        var value = new byte[3_000_000];
        Random.Shared.NextBytes(value);

        await Database.StringSetAsync(key, value);

        ((byte[]?)await Database.StringGetAsync(key)).ShouldBe(value);
    }

    [Fact]
    public async Task Fire_and_forget_is_complete_at_once_and_still_done()
    {
        var key = NewKey();

        var sent = Database.StringSetAsync(key, "done", flags: CommandFlags.FireAndForget);

        sent.IsCompletedSuccessfully.ShouldBeTrue();
        (await Database.StringGetAsync(key)).ShouldBe<RedisValue>("done");
    }

    [Fact]
    public async Task The_servers_refusal_is_an_error_of_its_words()
    {
        var key = NewKey();
        await Database.StringSetAsync(key, "text");

        var refusal = await Should.ThrowAsync<RedisServerException>(() => Database.StringIncrementAsync(key));

        refusal.Message.ShouldContain("not an integer");
    }

    [Fact]
    public async Task Any_command_can_be_sent()
    {
        var key = NewKey();
        await Database.ExecuteAsync("SET", key, 42);

        ((long)await Database.ExecuteAsync("GET", key)).ShouldBe(42);
        ((RedisValue[]?)await Database.ExecuteAsync("MGET", key, NewKey())).ShouldBe([42, RedisValue.Null]);
    }

    [Fact]
    public async Task A_missing_argument_is_refused_before_it_is_sent()
    {
        await Should.ThrowAsync<ArgumentException>(() => Database.ListLeftPushAsync(NewKey(), RedisValue.Null));
        await Should.ThrowAsync<ArgumentException>(() => Database.ExecuteAsync("BLPOP", RedisValue.Null, 1));
        (await Database.PingAsync()).ShouldBeLessThan(Clients.Soon);
    }

    [Fact]
    public async Task Another_database_has_other_keys()
    {
        var key = NewKey();
        await Database.StringSetAsync(key, "zero");

        await using var first = await ConnectAsync(server.Port, options => options.DefaultDatabase = 1);
        await first.GetDatabase().StringSetAsync(key, "one");

        (await Database.StringGetAsync(key)).ShouldBe<RedisValue>("zero");
        (await Redis.GetDatabase(1).StringGetAsync(key)).ShouldBe<RedisValue>("one");
    }
}
