using System.Diagnostics.Metrics;
using Gateway.Api.Caching;
using Gateway.Api.Configuration;
using Gateway.Tests.Hosts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Caching;

[Trait("Requirement", "G5.3")]
public sealed class MemoryAnswersTests : IDisposable
{
    private const int AnswerBytes = 488;
    private const long MostAnswers = 10;

    private readonly ManualTime _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly LiveConfiguration _configuration = new(
        new ConfigurationBuilder().AddInMemoryCollection([new("Gateway:Cache:MemoryBytes", $"{MostAnswers * 1000}")]).Build(), NullLogger<LiveConfiguration>.Instance);

    private readonly MemoryAnswers _answers;

    public MemoryAnswersTests() => _answers = new MemoryAnswers(_configuration, new CacheMetrics(_services.GetRequiredService<IMeterFactory>()), _time);

    [Fact]
    public void It_never_holds_more_bytes_than_it_may()
    {
        Parallel.For(0, 20_000, number =>
        {
            _answers.Keep(Key(number % 500), Answer(bytes: 100 + (number % 900)));
            _answers.Find(Key((number * 7) % 500));
            _answers.Bytes.ShouldBeInRange(0, MostAnswers * 1000);
        });

        _answers.Count.ShouldBeGreaterThan(0);
        Enumerable.Range(0, 500).Count(number => _answers.Find(Key(number)) is not null).ShouldBe(_answers.Count);
    }

    [Fact]
    public void Dear_answers_stay_and_cheap_ones_go()
    {
        _answers.Keep(Key(0), Answer(cost: 50_000_000));
        for (var number = 1; number <= 1000; number++)
        {
            _answers.Keep(Key(number), Answer(cost: 1000));
        }

        _answers.Find(Key(0)).ShouldNotBeNull();
        _answers.Count.ShouldBe((int)MostAnswers);
    }

    [Fact]
    public void What_is_asked_for_stays_and_what_is_old_goes()
    {
        for (var number = 0; number < MostAnswers; number++)
        {
            _answers.Keep(Key(number), Answer(cost: 1000));
        }

        for (var hit = 0; hit < 100; hit++)
        {
            _answers.Find(Key(3)).ShouldNotBeNull();
        }

        _time.Advance(TimeSpan.FromSeconds(50));
        _answers.Keep(Key(100), Answer(cost: 1000));
        _answers.Keep(Key(101), Answer(cost: 1000));
        _answers.Find(Key(3)).ShouldNotBeNull();
        _answers.Find(Key(100)).ShouldNotBeNull();
        _answers.Find(Key(101)).ShouldNotBeNull();
    }

    [Fact]
    public void An_answer_has_its_time()
    {
        _answers.Keep(Key(1), Answer());
        _time.Advance(TimeSpan.FromSeconds(59));
        _answers.Find(Key(1)).ShouldNotBeNull();
        _time.Advance(TimeSpan.FromSeconds(1));
        _answers.Find(Key(1)).ShouldBeNull();
        _answers.Bytes.ShouldBe(0);
    }

    [Fact]
    public void What_is_larger_than_all_there_is_is_not_kept_and_takes_no_place()
    {
        _answers.Keep(Key(1), Answer());
        _answers.Keep(Key(2), Answer(bytes: 20_000));

        (_answers.Find(Key(1)) is not null, _answers.Find(Key(2)) is not null).ShouldBe((true, false));
    }

    public void Dispose()
    {
        _configuration.Dispose();
        _services.Dispose();
    }

    private static CacheKey Key(int number) => new((ulong)number, 1, 2, 3);

    private CachedAnswer Answer(int bytes = AnswerBytes, long cost = 0) => new()
    {
        Target = "local/phi",
        Bytes = new byte[bytes],
        At = _time.GetUtcNow(),
        Lifetime = TimeSpan.FromSeconds(60),
        CostNanoUsd = cost,
    };
}
