using Gateway.Api.Access;
using Gateway.Api.Access.Jwt;
using Gateway.Api.Configuration;
using Gateway.Tests.Hosts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Access.Jwt;

/// <summary>A token is verified once; what was verified holds no longer than what it rests on.</summary>
public sealed class VerifiedTokenTests : IAsyncLifetime
{
    private readonly ManualTime _time = new();
    private TestIssuer _issuer = null!;
    private IConfigurationRoot _settings = null!;
    private LiveConfiguration _configuration = null!;
    private JwtIssuers _issuers = null!;
    private JwtAuthentication _tokens = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync("one", "two");
        _settings = new ConfigurationBuilder().AddInMemoryCollection(_issuer.Settings().Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        _configuration = new LiveConfiguration(_settings, NullLogger<LiveConfiguration>.Instance);
        _issuers = new JwtIssuers(_configuration, _time, NullLogger<JwtIssuers>.Instance);
        _tokens = new JwtAuthentication(_issuers, _time, NullLogger<JwtAuthentication>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        _issuers.Dispose();
        _configuration.Dispose();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task The_same_token_is_the_same_caller_until_it_expires()
    {
        var token = Token("one");
        var first = await FindAsync(token);

        first.ShouldNotBeNull();
        (await FindAsync(token)).ShouldBeSameAs(first);
        _time.Advance(TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(29));
        (await FindAsync(token)).ShouldBeSameAs(first);
        _time.Advance(TimeSpan.FromSeconds(1));
        (await FindAsync(token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_verified_token_is_not_good_any_more_once_its_key_is_withdrawn()
    {
        var token = Token("one", TimeSpan.FromHours(1));
        (await FindAsync(token)).ShouldNotBeNull();

        _issuer.RemoveKey("one");
        _time.Advance(TimeSpan.FromMinutes(10));
        await _issuers.Current[0].Published!.KeepFreshAsync();

        (await FindAsync(token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_verified_token_is_not_good_any_more_once_its_issuer_is_not_and_published_keys_outlive_a_change()
    {
        var token = Token("one", TimeSpan.FromHours(1));
        var first = await FindAsync(token);
        _settings["Gateway:Access:Jwt:Issuers:0:TenantClaim"] = "org";
        _settings.Reload();
        var (second, reads) = (await FindAsync(token), _issuer.Reads);
        _settings["Gateway:Access:Jwt:Issuers:0:Audience"] = "another";
        _settings.Reload();

        (first!.Key!.Tenant, second!.Key!.Tenant, reads).ShouldBe(("acme", "default", 1));
        (await FindAsync(token)).ShouldBeNull();
    }

    [Fact]
    public async Task Whoever_brings_a_new_token_is_who_they_were()
    {
        var (one, other, another) = (await FindAsync(Token("one")), await FindAsync(Token("two", TimeSpan.FromHours(1))), await FindAsync(Token("one", subject: "bob")));

        one!.Key!.Id.ShouldBe(other!.Key!.Id);
        one.Key.Id.ShouldStartWith("jwt_");
        another!.Key!.Id.ShouldNotBe(one.Key.Id);
        (one.Key.Tenant, one.Key.User, one.Key.Tier).ShouldBe(("acme", "ann", "free"));
    }

    [Fact]
    public void What_is_remembered_is_bounded()
    {
        var verified = new VerifiedTokens(capacity: 3);
        var now = _time.GetUtcNow();
        for (var i = 0; i < 10; i++)
        {
            verified.Add(KeyHash.Of($"{i}"), new VerifiedToken(Caller.Administrator, now.AddMinutes(i % 2), null!, null!), now);
            verified.Count.ShouldBeLessThanOrEqualTo(3);
            verified.Find(KeyHash.Of($"{i}")).ShouldNotBeNull();
        }
    }

    private string Token(string keyId, TimeSpan? lifetime = null, string subject = "ann") => _issuer.Token(keyId, claims =>
    {
        claims["exp"] = (_time.GetUtcNow() + (lifetime ?? TimeSpan.FromMinutes(1))).ToUnixTimeSeconds();
        claims["sub"] = subject;
    });

    private ValueTask<Caller?> FindAsync(string token) => _tokens.FindCallerAsync(token, KeyHash.Of(token), TestContext.Current.CancellationToken);
}
