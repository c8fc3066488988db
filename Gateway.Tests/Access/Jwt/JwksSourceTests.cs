using Gateway.Api.Access.Jwt;
using Gateway.Tests.Hosts;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Access.Jwt;

public sealed class JwksSourceTests : IAsyncLifetime
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(1);

    private readonly ManualTime _time = new();
    private TestIssuer _issuer = null!;
    private JwksSource _source = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync("one");
        _source = new JwksSource(_issuer.JwksUrl, Refresh, MaxAge, _time, NullLogger.Instance);
        await _source.KeepFreshAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _source.Dispose();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task A_key_that_is_new_is_found_at_once_unless_the_set_was_read_just_now()
    {
        _issuer.AddKey("two");

        (await FindAsync("two")).ShouldBeEmpty();
        _time.Advance(JwksSource.LeastPause);
        (await FindAsync("two")).ShouldHaveSingleItem();
        _issuer.Reads.ShouldBe(2);
    }

    [Fact]
    public async Task The_set_is_read_anew_ahead_and_a_key_that_is_withdrawn_is_gone_then()
    {
        _issuer.AddKey("two");
        _issuer.RemoveKey("one");

        await _source.KeepFreshAsync();
        _issuer.Reads.ShouldBe(1);
        _time.Advance(Refresh);
        await _source.KeepFreshAsync();

        (await FindAsync("one")).ShouldBeEmpty();
        (await FindAsync("two")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_set_that_has_not_changed_is_the_same_keys()
    {
        var before = _source.Current;
        _time.Advance(Refresh);
        await _source.KeepFreshAsync();

        _issuer.Reads.ShouldBe(2);
        _source.Current.ShouldBeSameAs(before);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Known_keys_stay_good_to_their_age_while_nothing_can_be_read(bool isDown)
    {
        _issuer.IsDown = isDown;
        _issuer.Jwks = new() { ["no"] = "keys" };

        _time.Advance(MaxAge - TimeSpan.FromSeconds(1));
        await _source.KeepFreshAsync();
        (await FindAsync("one")).ShouldHaveSingleItem();
        _time.Advance(TimeSpan.FromSeconds(1));
        (await FindAsync("one")).ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_failure_it_is_tried_again_soon()
    {
        _issuer.IsDown = true;
        _time.Advance(Refresh);
        await _source.KeepFreshAsync();
        _issuer.IsDown = false;
        _issuer.AddKey("two");

        _time.Advance(JwksSource.LeastPause);
        await _source.KeepFreshAsync();

        (await FindAsync("two")).ShouldHaveSingleItem();
    }

    private ValueTask<IEnumerable<SigningKey>> FindAsync(string id) => _source.FindAsync(id, "RS256", TestContext.Current.CancellationToken);
}
