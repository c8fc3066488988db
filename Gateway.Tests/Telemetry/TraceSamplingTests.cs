using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using ServiceDefaults.Telemetry;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Telemetry;

[Trait("Requirement", "G4.2")]
public sealed class TraceSamplingTests
{
    [Theory]
    [InlineData(null, null, 0.1)]
    [InlineData("", "", 0.1)]
    [InlineData("parentbased_traceidratio", null, 0.1)]
    [InlineData("ParentBased_TraceIdRatio", "0.25", 0.25)]
    [InlineData(null, "1", 1.0)]
    [InlineData(null, "0", 0.0)]
    public void A_part_of_requests_is_traced(string? sampler, string? argument, double part) =>
        Of(sampler, argument).ShouldBe(new TraceSampling(part, TimeSpan.FromSeconds(10)));

    [Theory]
    [InlineData("always_on")]
    [InlineData("always_off")]
    [InlineData("traceidratio")]
    public void Another_sampler_of_the_standard_decides_alone(string sampler) => Of(sampler, "nonsense").KeepsFailures.ShouldBeFalse();

    [Theory]
    [InlineData("10%")]
    [InlineData("-0.1")]
    [InlineData("1.1")]
    [InlineData("NaN")]
    public void What_is_no_part_is_refused_in_words(string argument) =>
        Should.Throw<OptionsValidationException>(() => Of(null, argument)).Message.ShouldBe($"OTEL_TRACES_SAMPLER_ARG is '{argument}'; it must be a number from 0 to 1.");

    private static TraceSampling Of(string? sampler, string? argument) => TraceSampling.Of(
        new ConfigurationBuilder().AddInMemoryCollection([new("OTEL_TRACES_SAMPLER", sampler), new("OTEL_TRACES_SAMPLER_ARG", argument)]).Build(), new TelemetryOptions());
}
