using System.Diagnostics.Metrics;
using System.Text.Json;
using Gateway.Api.Configuration;
using Gateway.Api.Configuration.Changes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Configuration.Changes;

public sealed class ConfigurationMetricsTests
{
    [Fact]
    [Trait("Requirement", "G7.4")]
    public void What_came_into_force_and_what_was_refused_is_counted_and_the_version_shown()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var live = new LiveConfiguration(new ConfigurationBuilder().Build(), NullLogger<LiveConfiguration>.Instance);
        _ = new ConfigurationMetrics(live, meters);
        var seen = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, meters))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen.Add($"{instrument.Name}={value}{(tags.Length > 0 ? $" {tags[0].Value}" : "")}"));
        listener.Start();

        live.Take(Version(1, """{"Limits":{"Retries":1}}""")).ShouldBeTrue();
        live.Take(Version(2, """{"Limits":{"Retries":99}}""")).ShouldBeFalse();
        listener.RecordObservableInstruments();

        seen.ShouldBe(["gateway.configuration.changes=1", "gateway.configuration.refused=1 /admin/config", "gateway.configuration.version=1"]);
    }

    private static ConfigurationVersion Version(long number, string gateway) => new(number, "administrator", DateTimeOffset.UnixEpoch.AddSeconds(number), JsonElement.Parse(gateway));
}
