using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Gateway.Api;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Defaults;

public class OtlpExportTests
{
    [Fact]
    [Trait("Requirement", "G4.1")]
    public async Task Traces_metrics_and_logs_reach_the_collector_that_the_environment_names()
    {
        var (received, complete) = (new ConcurrentDictionary<string, string>(), new TaskCompletionSource());
        await using var collector = await ScriptedUpstream.StartAsync(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received[context.Request.Path] = Encoding.Latin1.GetString(body.ToArray());
            context.Response.StatusCode = StatusCodes.Status200OK;
            if (received.Count == 3)
            {
                complete.TrySetResult();
            }
        });
        using var gateway = StartGateway(collector.Address);
        try
        {
            var address = await AddressOfAsync(gateway);
            using var http = new HttpClient();
            using var response = await http.GetAsync(new Uri(address, "/v1/models"), TestContext.Current.CancellationToken);

            await complete.Task.WaitAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            gateway.Kill();
        }

        received.Keys.ShouldBe(["/v1/traces", "/v1/metrics", "/v1/logs"], ignoreOrder: true);
        received.Values.ShouldAllBe(body => body.Contains("gateway-under-test", StringComparison.Ordinal));
    }

    private static Process StartGateway(Uri collector)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(GatewayApplication).Assembly.Location, "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
            Environment =
            {
                ["OTEL_SERVICE_NAME"] = "gateway-under-test",
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.AbsoluteUri,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_TRACES_SAMPLER"] = "always_on",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
                ["OTEL_BLRP_SCHEDULE_DELAY"] = "50",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "50",
            },
        };
        return Process.Start(start)!;
    }

    // {…,"event":"ListeningOnAddress","message":"Now listening on: http://127.0.0.1:41234","address":"http://127.0.0.1:41234"}
    private static async Task<Uri> AddressOfAsync(Process gateway)
    {
        const string Marker = "\"address\":\"";
        while (await gateway.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.IndexOf(Marker, StringComparison.Ordinal) is >= 0 and var at)
            {
                return new Uri(line[(at + Marker.Length)..].Split('"')[0]);
            }
        }

        throw new InvalidOperationException("The gateway ended before it listened.");
    }
}
