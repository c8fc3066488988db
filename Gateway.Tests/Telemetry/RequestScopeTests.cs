using ServiceDefaults.Correlation;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Telemetry;

public sealed class RequestScopeTests
{
    [Fact]
    [Trait("Requirement", "G4.2")]
    public void A_request_that_is_part_of_a_trace_is_logged_with_it()
    {
        new RequestScope("req_1", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01").ShouldBe(
            [new("RequestId", "req_1"), new("TraceId", "0af7651916cd43dd8448eb211c80319c")]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00-nonsense-01")]
    public void Any_other_request_begins_a_trace_that_all_its_lines_share(string? traceParent)
    {
        var scope = new RequestScope("req_1", traceParent);

        var trace = scope.Last();
        trace.Key.ShouldBe("TraceId");
        ((string?)trace.Value)!.ShouldMatch("^[0-9a-f]{32}$");
        scope.Last().ShouldBe(trace);
    }
}
