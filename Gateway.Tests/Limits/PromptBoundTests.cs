using Gateway.Api.Limits;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Limits;

public sealed class PromptBoundTests
{
    [Fact]
    public void A_token_is_a_byte_until_a_thousand_requests_were_seen_and_then_what_nearly_all_stay_below()
    {
        var bound = new PromptBound();
        for (var i = 0; i < 999; i++)
        {
            bound.Learn(bytes: 4000, tokens: 1000);
        }

        bound.Of(4000).ShouldBe(4000);
        bound.Learn(bytes: 4000, tokens: 1000);
        bound.Of(4000).ShouldBeInRange(1000, 1025);
    }

    [Fact]
    public void A_dense_prompt_in_a_hundred_keeps_the_bound_up()
    {
        var bound = new PromptBound();
        for (var i = 0; i < 1000; i++)
        {
            bound.Learn(bytes: 4000, tokens: i % 100 == 0 ? 2000 : 1000);
        }

        bound.Of(4000).ShouldBeInRange(2000, 2050);
    }
}
