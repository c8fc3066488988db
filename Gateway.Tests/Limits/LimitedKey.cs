using System.Diagnostics;
using Shouldly;

namespace Gateway.Tests.Limits;

/// <summary>A key with limits of its own, and the judgement on what it got.</summary>
internal sealed class LimitedKey
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly string _id;
    private readonly int _concurrent;
    private readonly int _requests;
    private readonly int _tokens;
    private readonly decimal _usd;
    private int _admitted;
    private int _refused;
    private int _failed;

    private LimitedKey(string name, string id, string secret, int concurrent, int requests, int tokens, decimal usd) =>
        (Name, _id, Secret, _concurrent, _requests, _tokens, _usd) = (name, id, secret, concurrent, requests, tokens, usd);

    public string Name { get; }

    public string Secret { get; }

    private string Tenant => $"tenant-{Name}";

    /// <summary>With limits of which some are met by so many requests.</summary>
    public static async Task<LimitedKey> CreateAsync(SharedGateways system, string name, Random random, int requests)
    {
        var concurrent = random.Next(2, 9);
        var perMinute = random.Next(requests / 3, requests);
        var tokens = random.Next(requests * 20, requests * 120);
        var usd = random.Next(requests * 100, requests * 900) / 1_000_000m;
        var (id, secret) = await system.CreateKeyAsync(new
        {
            name,
            tenant = $"tenant-{name}",
            limits = new { requests_per_minute = perMinute, tokens_per_minute = tokens, concurrent_requests = concurrent },
            budget = new { usd, period = "month" },
        });
        return new LimitedKey(name, id, secret, concurrent, perMinute, tokens, usd);
    }

    public void Count(int status) => Interlocked.Increment(ref status == 200 ? ref _admitted : ref status == 429 ? ref _refused : ref _failed);

    public async Task JudgeAsync(SharedGateways system)
    {
        var book = system.Upstream.BookOf(Name);
        var windows = (int)Math.Ceiling(Stopwatch.GetElapsedTime(_began) / Window);
        var cost = (book.Prompt * SharedGateways.InputPrice) + (book.Completion * SharedGateways.OutputPrice);
        var told = $"{Name}: {_admitted} admitted, {_refused} refused, {_failed} failed";

        _failed.ShouldBe(0, told);
        book.Requests.ShouldBe(_admitted, told);
        book.MostAtOnce.ShouldBeLessThanOrEqualTo(_concurrent, told);
        book.Requests.ShouldBeLessThanOrEqualTo(_requests * windows, told);
        book.Tokens.ShouldBeLessThanOrEqualTo((long)_tokens * windows, told);
        cost.ShouldBeLessThanOrEqualTo((long)(_usd * 1_000_000_000m), told);
        (await system.SpentAsync(_id, cost)).ShouldBe(cost, told);
        (await system.HeldAsync(Tenant)).ShouldBe(0, told);
    }
}
