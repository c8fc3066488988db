using Gateway.Tests.Hosts;
using OpenAI.Chat;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Clients.DotNet;

[Trait("Requirement", "B1.4")]
[Trait("Requirement", "B6.4")]
public class StreamingTests : IClassFixture<PacedGateway>, IClassFixture<CutGateway>
{
    private readonly SimulatedGateway _gateway;
    private readonly SimulatedGateway _paced;
    private readonly SimulatedGateway _cut;

    public StreamingTests(SimulatedGateway gateway, PacedGateway paced, CutGateway cut) : this(gateway, (SimulatedGateway)paced, cut)
    {
    }

    protected StreamingTests(SimulatedGateway gateway, SimulatedGateway paced, SimulatedGateway cut) => (_gateway, _paced, _cut) = (gateway, paced, cut);

    [Fact]
    public async Task An_answer_comes_in_pieces_that_make_it_whole()
    {
        var updates = await _gateway.Chat().CompleteChatStreamingAsync("Say exactly: Good morning, Vienna.").ToListAsync(TestContext.Current.CancellationToken);

        string.Concat(updates.SelectMany(update => update.ContentUpdate).Select(part => part.Text)).ShouldBe("Good morning, Vienna.");
        updates.Select(update => update.CompletionId).Distinct().Count().ShouldBe(1);
        updates.Select(update => update.Model).Distinct().ShouldBe([SimulatedGateway.ServedChatModel]);
        updates.Where(update => update.Role is not null).Select(update => update.Role).ShouldBe([ChatMessageRole.Assistant]);
        updates.Where(update => update.FinishReason is not null).Select(update => update.FinishReason).ShouldBe([ChatFinishReason.Stop]);
        updates.Count(update => update.ContentUpdate.Any(part => part.Text.Length > 0)).ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task The_usage_comes_last_and_equals_that_of_the_whole_answer()
    {
        const string Question = "Say exactly: Good morning, Vienna.";
        ChatCompletion whole = await _gateway.Chat().CompleteChatAsync(Question);

        var updates = await _gateway.Chat().CompleteChatStreamingAsync(Question).ToListAsync(TestContext.Current.CancellationToken);

        updates.Single(update => update.Usage is not null).ShouldBeSameAs(updates[^1]);
        var usage = updates[^1].Usage;
        (usage.InputTokenCount, usage.OutputTokenCount).ShouldBe((whole.Usage.InputTokenCount, whole.Usage.OutputTokenCount));
    }

    [Fact]
    public async Task A_caller_who_leaves_in_the_middle_ends_the_work_upstream()
    {
        using var leaving = new CancellationTokenSource();
        string? id = null;
        var pieces = 0;

        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in _paced.Chat().CompleteChatStreamingAsync(["Tell me about rivers, lakes and mountains."], cancellationToken: leaving.Token))
            {
                id = update.CompletionId;
                if (++pieces == 3)
                {
                    await leaving.CancelAsync();
                }
            }
        });

        (await _paced.FinishOfAsync(id!)).ShouldBe("cancelled");
    }

    // This client skips the frame that carries the error; that no finish reason comes is all it shows of a cut.
    [Fact]
    public async Task An_answer_that_breaks_off_does_not_pass_for_a_whole_one()
    {
        var updates = await _cut.Chat().CompleteChatStreamingAsync("Tell me about rivers, lakes and mountains.")
            .ToListAsync(TestContext.Current.CancellationToken);

        updates.ShouldNotBeEmpty();
        updates.ShouldAllBe(update => update.FinishReason == null && update.Usage == null);
    }
}
