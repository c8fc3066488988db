using System.Diagnostics.Metrics;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Metrics;

/// <summary>What <c>/metrics</c> makes of what instruments measure.</summary>
public sealed class MetricsEndpointTests : IAsyncLifetime
{
    private const int Threads = 4;
    private const int MeasurementsEach = 20_000;

    private MetricsHost _service = null!;

    public async ValueTask InitializeAsync() => _service = await MetricsHost.StartAsync(("Metrics:MaxSeries", "10"));

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    [Trait("Requirement", "G4.1")]
    public async Task Counters_gauges_and_histograms_are_told_by_the_rules_of_the_text_format()
    {
        var counter = _service.Meter.CreateCounter<long>("test.calls", "{call}", "Calls, with a \\ and\na line break.");
        counter.Add(2, new("test.kind", "a\"b\\c\nd"), new("test.code", 200));
        counter.Add(1, new("test.code", "200"), new KeyValuePair<string, object?>("test.kind", "a\"b\\c\nd"));
        counter.Add(1, new("test.empty", ""), new KeyValuePair<string, object?>("test.none", null));
        _service.Meter.CreateGauge<double>("test.level", "By").Record(2.5);
        var waiting = _service.Meter.CreateUpDownCounter<int>("test.waiting");
        waiting.Add(5);
        waiting.Add(-2);
        var seconds = _service.Meter.CreateHistogram("test.duration", "s", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        foreach (var measured in (double[])[0.1, 0.5, 7, double.NaN])
        {
            seconds.Record(measured, new KeyValuePair<string, object?>("test.ok", true));
        }

        var lines = (await _service.Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken)).Split('\n').Where(line => line.Contains("test_", StringComparison.Ordinal));

        lines.ShouldBe(
            [
                "# HELP test_calls_total Calls, with a \\\\ and\\na line break.",
                "# TYPE test_calls_total counter",
                "test_calls_total 1",
                "test_calls_total{test_code=\"200\",test_kind=\"a\\\"b\\\\c\\nd\"} 3",
                "# TYPE test_duration_seconds histogram",
                "test_duration_seconds_bucket{test_ok=\"true\",le=\"0.1\"} 1",
                "test_duration_seconds_bucket{test_ok=\"true\",le=\"1\"} 2",
                "test_duration_seconds_bucket{test_ok=\"true\",le=\"+Inf\"} 3",
                "test_duration_seconds_sum{test_ok=\"true\"} 7.6",
                "test_duration_seconds_count{test_ok=\"true\"} 3",
                "# TYPE test_level_bytes gauge",
                "test_level_bytes 2.5",
                "# TYPE test_waiting gauge",
                "test_waiting 3",
            ]);
    }

    [Theory]
    [InlineData("a.duration", "s", "a_duration_seconds_total")]
    [InlineData("gateway.cache.saved_cost", "USD", "gateway_cache_saved_cost_USD_total")]
    [InlineData("a.count", "{thing}", "a_count_total")]
    [InlineData("a.bytes", "By", "a_bytes_total")]
    [InlineData("a.total", "By", "a_bytes_total")]
    [InlineData("a.ratio", "1", "a_ratio_total")]
    [InlineData("a..b-c/d", "ms", "a_b_c_d_milliseconds_total")]
    [InlineData("speed", "By/s", "speed_bytes_per_second_total")]
    public async Task Names_follow_the_rules_of_OpenTelemetry(string name, string unit, string expected)
    {
        _service.Meter.CreateCounter<long>(name, unit).Add(1);

        var scrape = await ScrapeAsync();

        scrape[expected].ShouldBe(1);
    }

    [Fact]
    public async Task What_is_observed_no_longer_is_shown_no_longer()
    {
        var names = new List<string> { "one", "two" };
        _service.Meter.CreateObservableGauge("test.open", () => names.Select(name => new Measurement<int>(1, new KeyValuePair<string, object?>("name", name))));
        (await ScrapeAsync()).Has("test_open{name=\"two\"}").ShouldBeTrue();

        names.Remove("two");

        var scrape = await ScrapeAsync();
        scrape.Has("test_open{name=\"one\"}").ShouldBeTrue();
        scrape.Has("test_open{name=\"two\"}").ShouldBeFalse();
    }

    [Fact]
    public async Task An_instrument_that_cannot_be_read_takes_no_other_with_it()
    {
        _service.Meter.CreateObservableGauge("test.broken", int () => throw new InvalidOperationException("broken"));
        _service.Meter.CreateObservableGauge("test.whole", () => 1);

        (await ScrapeAsync())["test_whole"].ShouldBe(1);

        _service.Log.Lines.ShouldContain(line => line.Message == "Some metrics could not be read.");
    }

    [Fact]
    public async Task Series_are_bounded_and_what_is_beyond_the_bound_is_counted_in_one()
    {
        var counter = _service.Meter.CreateCounter<long>("test.busy");

        for (var i = 0; i < 100; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("caller", $"caller-{i}"));
        }

        var scrape = await ScrapeAsync();
        scrape.Families["test_busy_total"].Samples.Count.ShouldBe(11);
        scrape["test_busy_total{otel_metric_overflow=\"true\"}"].ShouldBe(90);
        scrape["telemetry_series_overflow_total{telemetry_instrument=\"test.busy\"}"].ShouldBe(90);
    }

    [Fact]
    public void Recording_allocates_nothing()
    {
        var counter = _service.Meter.CreateCounter<long>("test.free");
        var histogram = _service.Meter.CreateHistogram<double>("test.free.duration", "s");
        var (target, outcome) = (string.Concat("local/", "phi"), string.Concat("o", "k"));
        Record();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Record();
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Record()
        {
            counter.Add(1, new("gateway.target", target), new("gateway.outcome", outcome));
            histogram.Record(0.2, new("gateway.target", target), new("gateway.outcome", outcome));
        }
    }

    [Fact]
    public async Task Nothing_is_lost_where_many_measure_at_once()
    {
        var counter = _service.Meter.CreateCounter<double>("test.many");
        var histogram = _service.Meter.CreateHistogram<long>("test.many.size", "By");

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < MeasurementsEach; i++)
            {
                counter.Add(0.5);
                histogram.Record(2);
            }
        })));

        var scrape = await ScrapeAsync();
        scrape["test_many_total"].ShouldBe(Threads * MeasurementsEach * 0.5);
        scrape["test_many_size_bytes_sum"].ShouldBe(Threads * MeasurementsEach * 2);
        scrape["test_many_size_bytes_bucket{le=\"5\"}"].ShouldBe(Threads * MeasurementsEach);
    }

    [Fact]
    public async Task Meters_of_other_hosts_and_of_strangers_are_not_shown()
    {
        await using var other = await MetricsHost.StartAsync();
        other.Meter.CreateCounter<long>("test.elsewhere").Add(1);
        using var stranger = new Meter("Stranger");
        stranger.CreateCounter<long>("test.stranger").Add(1);

        var scrape = await ScrapeAsync();

        scrape.Families.Keys.ShouldNotContain("test_elsewhere_total");
        scrape.Families.Keys.ShouldNotContain("test_stranger_total");
        scrape["dotnet_process_memory_working_set_bytes"].ShouldBeGreaterThan(0);
    }

    private Task<Scrape> ScrapeAsync() => Scrape.OfAsync(_service.Http, TestContext.Current.CancellationToken);
}
