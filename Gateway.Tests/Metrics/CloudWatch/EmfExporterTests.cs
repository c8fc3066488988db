using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using NJsonSchema;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Metrics.CloudWatch;

/// <summary>What CloudWatch reads of a service's standard output.</summary>
public sealed class EmfExporterTests : IAsyncLifetime
{
    private const long Now = 1_795_251_600_000;

    private readonly StringWriter _output = new();
    private MetricsHost _service = null!;

    public async ValueTask InitializeAsync() => _service = await StartAsync(("Telemetry:AfterEachRequest", "true"));

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        await _output.DisposeAsync();
    }

    [Fact]
    [Trait("Requirement", "D3.3")]
    public async Task Counters_tell_what_was_added_gauges_what_is_and_histograms_their_buckets()
    {
        _service.Meter.CreateCounter<long>("test.calls", "{call}").Add(3, new KeyValuePair<string, object?>("test.target", "local/phi é"));
        _service.Meter.CreateGauge<double>("test.level", "By").Record(2.5, new KeyValuePair<string, object?>("test.target", "local/phi é"));
        var seconds = _service.Meter.CreateHistogram("test.duration", "s", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.25, 0.75] });
        foreach (var measured in (double[])[0.25, 0.5, 0.5, 2])
        {
            seconds.Record(measured);
        }

        var lines = await LinesOfOneRequestAsync();

        lines.Where(line => line.Contains("test.", StringComparison.Ordinal)).ShouldBe(
            [
                $$"""{"_aws":{"Timestamp":{{Now}},"CloudWatchMetrics":[{"Namespace":"AIGateway","Dimensions":[["service.name"],["service.name","test.target"]],"Metrics":[{"Name":"test.calls","Unit":"Count"},{"Name":"test.level","Unit":"Bytes"}]}]},"service.name":"gateway","test.target":"local/phi ?","test.calls":3,"test.level":2.5}""",
                $$$"""{"_aws":{"Timestamp":{{{Now}}},"CloudWatchMetrics":[{"Namespace":"AIGateway","Dimensions":[["service.name"]],"Metrics":[{"Name":"test.duration","Unit":"Seconds"}]}]},"service.name":"gateway","test.duration":{"Values":[0.125,0.5,0.75],"Counts":[1,2,1],"Max":0.75,"Min":0,"Count":4,"Sum":3.25}}""",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task What_was_told_is_not_told_again()
    {
        var counter = _service.Meter.CreateCounter<long>("test.calls");
        counter.Add(3);
        await LinesOfOneRequestAsync();

        counter.Add(2);
        var second = await LinesOfOneRequestAsync();
        var third = await LinesOfOneRequestAsync();

        second.ShouldContain(line => line.EndsWith("\"test.calls\":2}", StringComparison.Ordinal));
        third.ShouldNotContain(line => line.Contains("test.calls", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_document_is_as_the_specification_wants_it_however_much_there_is()
    {
        for (var i = 0; i < 250; i++)
        {
            _service.Meter.CreateCounter<long>($"test.counter{i}").Add(1);
        }

        var tags = Enumerable.Range(0, 40).Select(i => new KeyValuePair<string, object?>($"test.tag{i}", i == 0 ? ":" : new string('x', 2000))).ToArray();
        _service.Meter.CreateUpDownCounter<long>("test.tagged").Add(1, tags);
        var wide = _service.Meter.CreateHistogram("test.wide", "USD", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.. Enumerable.Range(1, 300).Select(i => (double)i)] });
        foreach (var value in Enumerable.Range(1, 300))
        {
            wide.Record(value);
        }

        var schema = await JsonSchema.FromFileAsync(Path.Combine(AppContext.BaseDirectory, "Metrics", "CloudWatch", "emf.schema.json"), TestContext.Current.CancellationToken);
        var lines = await LinesOfOneRequestAsync();

        lines.Length.ShouldBeGreaterThan(3);
        foreach (var line in lines)
        {
            schema.Validate(line).ShouldBeEmpty(line);
            ShouldHaveItsTargets(JsonNode.Parse(line)!.AsObject());
        }

        lines.Count(line => line.Contains("test.counter", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Fact]
    public async Task The_last_are_told_as_the_service_stops()
    {
        var counter = _service.Meter.CreateCounter<long>("test.last");
        counter.Add(1);

        await _service.StopAsync();

        _output.ToString().ShouldContain("\"test.last\":1");
    }

    [Fact]
    public async Task Metrics_of_the_runtime_are_not_paid_for()
    {
        var lines = await LinesOfOneRequestAsync();
        var later = await LinesOfOneRequestAsync();

        lines.Concat(later).ShouldNotContain(line => line.Contains("dotnet.", StringComparison.Ordinal) || line.Contains("kestrel.", StringComparison.Ordinal));
        later.ShouldContain(line => line.Contains("\"Name\":\"http.server.request.duration\"", StringComparison.Ordinal) && line.Contains("\"http.route\":\"/metrics\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Faulty_settings_are_named_together()
    {
        var fault = await Should.ThrowAsync<OptionsValidationException>(() => StartAsync(
            ("Telemetry:Exporter", "Smoke"), ("Telemetry:PeriodSeconds", "0"), ("Telemetry:AfterEachRequest", "maybe"), ("Telemetry:Namespace", "AWS/Mine")));

        fault.Failures.ShouldBe(
            [
                "Telemetry:PeriodSeconds is '0'; it must be a whole number from 1 to 3600.",
                "Telemetry:AfterEachRequest is 'maybe'; it must be true or false.",
                "Telemetry:Exporter is 'Smoke'; it must be one of Otlp, Emf.",
                "Telemetry:Namespace is 'AWS/Mine'; it must be 1 to 255 letters, digits, '.', '-', '_', '/', '#' and ':', not beginning with AWS/.",
            ]);
    }

    // "The root node MUST contain all target members": dimensions as texts, metrics as numbers or distributions.
    private static void ShouldHaveItsTargets(JsonObject document)
    {
        foreach (var directive in document["_aws"]!["CloudWatchMetrics"]!.AsArray())
        {
            directive!["Dimensions"]!.AsArray().SelectMany(set => set!.AsArray()).ShouldAllBe(name => document[(string)name!]!.GetValueKind() == System.Text.Json.JsonValueKind.String);
            directive["Metrics"]!.AsArray().ShouldAllBe(metric => document[(string)metric!["Name"]!]!.GetValueKind() != System.Text.Json.JsonValueKind.String);
        }
    }

    private async Task<string[]> LinesOfOneRequestAsync()
    {
        _output.GetStringBuilder().Clear();
        await _service.Http.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        return _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private Task<MetricsHost> StartAsync(params (string Key, string Value)[] settings) => MetricsHost.StartAsync(
        _output, [("Telemetry:Exporter", "Emf"), ("Telemetry:PeriodSeconds", "3600"), ("OTEL_SERVICE_NAME", "gateway"), .. settings]);
}
