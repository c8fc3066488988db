using Gateway.Api.Feedback;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Feedback;

public sealed class MemoryFeedbackTests : FeedbackStoreConformance
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_request_is_forgotten_in_time_and_an_id_used_again_is_not()
    {
        await using var subject = await OpenAsync();
        var (once, again) = (Request("once"), Request("again"));
        await subject.Store.RememberAsync([once, again], Token);
        _time.Advance(TimeSpan.FromHours(23));
        await subject.Store.RememberAsync([again], Token);

        _time.Advance(TimeSpan.FromHours(2));

        (await subject.Store.ScoreAsync(once.Caller.Tenant, "once", 1, Token)).ShouldBeNull();
        await subject.Store.RememberAsync([], Token);
        (await subject.Store.ScoreAsync(once.Caller.Tenant, "again", 1, Token)).ShouldNotBeNull();
    }

    private protected override Task<Subject> OpenAsync() => Task.FromResult(new Subject(new MemoryFeedback(Configuration(), _time)));
}
