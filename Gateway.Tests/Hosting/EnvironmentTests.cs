using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Hosting;

public sealed class EnvironmentTests
{
    [Fact]
    public async Task A_resource_gets_the_variables_that_it_is_described_with()
    {
        await using var builder = TestHost.CreateBuilder("--Parameters:token=s3cret", "--ConnectionStrings:ledger=Host=db;Port=1");
        var model = builder.AddLocalModel("local-model").WithEndpoint(name: "grpc", scheme: "http");
        builder.AddEnvironmentWriter("seen")
            .WithReference(model)
            .WithReference(model, "alias")
            .WithReference(builder.AddConnectionString("ledger"))
            .WithReference(builder.AddConnectionString("absent"), optional: true)
            .WithEnvironment("PLAIN", "value")
            .WithEnvironment("TOKEN", builder.AddParameter("token", secret: true))
            .WithEnvironment("ENDPOINT", model.GetEndpoint("http"))
            .WithEnvironment("PORT_ONLY", model.GetEndpoint("http").Property(EndpointProperty.Port))
            .WithEnvironment("BASE_URL", $"{model.GetEndpoint("http")}/v1?a={{b}}")
            .WithEnvironment("CALLED", () => "back")
            .WithEnvironment(context => context.EnvironmentVariables["CONTEXT"] = context.Resource.Name)
            .WithHttpEndpoint(env: "LISTEN_ON");
        await using var app = await builder.StartAsync();

        var seen = await app.EnvironmentAsync("seen");

        var url = model.GetEndpoint("http").Url;
        var grpc = model.GetEndpoint("grpc").Url;
        var expected = new Dictionary<string, string>
        {
            ["services__local-model__http__0"] = url,
            ["services__local-model__grpc__0"] = grpc,
            ["LOCAL_MODEL_HTTP"] = url,
            ["LOCAL_MODEL_GRPC"] = grpc,
            ["services__alias__http__0"] = url,
            ["ALIAS_HTTP"] = url,
            ["ConnectionStrings__ledger"] = "Host=db;Port=1",
            ["PLAIN"] = "value",
            ["TOKEN"] = "s3cret",
            ["ENDPOINT"] = url,
            ["PORT_ONLY"] = new Uri(url).Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["BASE_URL"] = $"{url}/v1?a={{b}}",
            ["CALLED"] = "back",
            ["CONTEXT"] = "seen",
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
        };
        seen.Where(variable => expected.ContainsKey(variable.Key)).ToDictionary().ShouldBe(expected, ignoreOrder: true);
        int.Parse(seen["LISTEN_ON"], System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
        seen.Keys.ShouldNotContain("ConnectionStrings__absent");
        seen.Keys.ShouldNotContain(name => name.StartsWith("OTEL_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_project_is_told_to_listen_behind_its_public_port()
    {
        await using var builder = TestHost.CreateBuilder();
        var model = builder.AddLocalModel("model");
        await using var app = await builder.StartAsync();

        var running = await app.StateAsync("model", KnownResourceStates.Running);

        var listens = new Uri(running.Snapshot.EnvironmentVariables.Single(variable => variable.Name == "ASPNETCORE_URLS").Value!);
        listens.Host.ShouldBe("localhost");
        listens.Port.ShouldNotBe(new Uri(model.GetEndpoint("http").Url).Port);
    }

    [Fact]
    public async Task Telemetry_variables_follow_the_configured_endpoint()
    {
        await using var builder = TestHost.CreateBuilder(
            "--ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=http://localhost:4317", "--AppHost:OtlpApiKey=key", "--environment=Development");
        builder.AddEnvironmentWriter("seen").WithOtlpExporter();
        builder.AddEnvironmentWriter("plain");
        await using var app = await builder.StartAsync();

        var seen = await app.EnvironmentAsync("seen");
        var finished = await app.StateAsync("seen", KnownResourceStates.Finished);

        finished.ResourceId.ShouldMatch("^seen-[a-z]{8}$");
        seen.Where(variable => variable.Key.StartsWith("OTEL_", StringComparison.Ordinal)).ToDictionary().ShouldBe(
            new Dictionary<string, string>
            {
                ["OTEL_SERVICE_NAME"] = "seen",
                ["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={finished.ResourceId[^8..]}",
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://localhost:4317",
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc",
                ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-otlp-api-key=key",
                ["OTEL_BLRP_SCHEDULE_DELAY"] = "1000",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "1000",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
                ["OTEL_TRACES_SAMPLER"] = "always_on",
            },
            ignoreOrder: true);
        (await app.EnvironmentAsync("plain")).Keys.ShouldNotContain("OTEL_SERVICE_NAME");
    }
}
