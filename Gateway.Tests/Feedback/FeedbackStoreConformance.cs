using Gateway.Api.Access;
using Gateway.Api.Configuration;
using Gateway.Api.Experiments;
using Gateway.Api.Feedback;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Feedback;

/// <summary>What every store of feedback has to do.</summary>
[Trait("Requirement", "G7.3")]
public abstract class FeedbackStoreConformance
{
    private protected const int MaxRequests = 3;

    private readonly string _tenant = $"tenant-{Guid.NewGuid():N}";

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_is_known_to_its_tenant_and_to_no_other()
    {
        await using var subject = await OpenAsync();
        await subject.Store.RememberAsync([Request("one", new Variant("e", "b", new VariantOptions())), Request("two")], Token);

        (await subject.Store.ScoreAsync(_tenant, "one", 1, Token)).ShouldBe(new RememberedRequest("e/b", null));
        (await subject.Store.ScoreAsync(_tenant, "two", 1, Token)).ShouldBe(new RememberedRequest(null, null));
        (await subject.Store.ScoreAsync("other", "one", 1, Token)).ShouldBeNull();
        (await subject.Store.ScoreAsync(_tenant, "three", 1, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task An_id_makes_no_tenant_another()
    {
        await using var subject = await OpenAsync();
        var theirs = Request("one");
        await subject.Store.RememberAsync([theirs with { Caller = theirs.Caller with { Tenant = $"{_tenant}}}:x" } }], Token);

        (await subject.Store.ScoreAsync(_tenant, "x}:one", 1, Token)).ShouldBeNull();
        (await subject.Store.ScoreAsync($"{_tenant}}}:x", "one", 1, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_further_score_tells_the_one_before()
    {
        await using var subject = await OpenAsync();
        await subject.Store.RememberAsync([Request("one", new Variant("e", "b", new VariantOptions()))], Token);

        await subject.Store.ScoreAsync(_tenant, "one", -0.25, Token);

        (await subject.Store.ScoreAsync(_tenant, "one", 1, Token)).ShouldBe(new RememberedRequest("e/b", -0.25));
        (await subject.Store.ScoreAsync(_tenant, "one", 0, Token)).ShouldBe(new RememberedRequest("e/b", 1));
    }

    [Fact]
    public async Task The_oldest_requests_give_way()
    {
        await using var subject = await OpenAsync();
        await subject.Store.RememberAsync([Request("1"), Request("2")], Token);
        await subject.Store.RememberAsync([Request("3"), Request("4"), Request("5")], Token);

        (await subject.Store.ScoreAsync(_tenant, "2", 1, Token)).ShouldBeNull();
        (await subject.Store.ScoreAsync(_tenant, "3", 1, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Entries_come_back_whole_the_newest_first_and_only_so_many()
    {
        await using var subject = await OpenAsync();
        FeedbackEntry Entry(int number) => new($"feedback_{number}", DateTimeOffset.UnixEpoch.AddSeconds(number), $"req_{number}", _tenant, "key_1", "ann", "e/b", 0.5, "Good.", ["a", "b"]);
        for (var i = 0; i <= IFeedbackStore.Capacity; i++)
        {
            await subject.Store.AppendAsync(Entry(i), Token);
        }

        var entries = await subject.Store.ReadAllAsync(Token);

        entries.Count.ShouldBe(IFeedbackStore.Capacity);
        (entries[0] with { Labels = [] }).ShouldBe(Entry(IFeedbackStore.Capacity) with { Labels = [] });
        entries[0].Labels.ShouldBe(["a", "b"]);
    }

    private protected abstract Task<Subject> OpenAsync();

    private protected static LiveConfiguration Configuration() => new(
        new ConfigurationBuilder().AddInMemoryCollection([new("Gateway:Feedback:MaxRequests", $"{MaxRequests}")]).Build(), NullLogger<LiveConfiguration>.Instance);

    private protected AnsweredRequest Request(string id, Variant? variant = null) =>
        new(id, new ApiKey { Id = "key_1", Hash = "", Prefix = "", Name = "test", Tenant = _tenant, CreatedAt = DateTimeOffset.UnixEpoch }, variant);

    private protected sealed record Subject(IFeedbackStore Store, IAsyncDisposable? Connection = null) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Connection?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
