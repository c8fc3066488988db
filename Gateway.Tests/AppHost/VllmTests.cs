using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Gateway.Tests.Hosting;
using Local.Model;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Shouldly;
using Xunit;

namespace Gateway.Tests.AppHost;

/// <summary>The whole system with vLLM in it: a script stands in docker's place, and behind the published ports the simulator and a real Redis.</summary>
public sealed class VllmTests : IDisposable
{
    private const string Model = "microsoft/Phi-3-mini-4k-instruct";

    private static readonly object Chat = new { model = "phi-3-mini", messages = new[] { new { role = "user", content = "Hello" } } };

    private readonly string _data = Directory.CreateTempSubdirectory("gateway-vllm-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    [Trait("Requirement", "V1.1")]
    [Trait("Requirement", "V1.3")]
    public async Task On_a_GPU_it_answers_is_started_again_after_a_crash_and_is_removed_at_the_end()
    {
        using var docker = CreateDocker("nvidia runc", nvidia: "exit 0");
        var (app, welcomed) = await WholeSystem.StartAsync(_data, ["--local-model", "vllm", "--Parameters:hugging-face-token=hf_secret"], docker.SearchPath);
        string id;
        await using (app)
        {
            await welcomed;
            using var caller = app.CreateHttpClient("gateway");
            var key = await File.ReadAllTextAsync(Path.Combine(_data, "development-key"), TestHost.Token);
            caller.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Trim());
            var running = await app.StateAsync("model", KnownResourceStates.Running);
            id = running.ResourceId;

            docker.RunOf(id).ShouldBe(
                $"run|--name|{id}|--label|aspire.application=AppHost|--label|aspire.resource=model|--publish|{docker.PublishedBy(id)}|--env|HF_TOKEN"
                + "|--mount|type=volume,source=ai-model-gateway-weights,target=/root/.cache/huggingface|--mount|type=volume,source=ai-model-gateway-vllm,target=/root/.cache/vllm"
                + $"|--gpus|all|--ipc=host|docker.io/vllm/vllm-openai:v0.30.0|{Model}|--served-model-name|{Model}|--max-model-len|4096");
            docker.PublishedBy(id).ShouldMatch(@"^127\.0\.0\.1:\d+:8000$");
            await app.LinesAsync("model", line => line == "hf_secret");
            (await AskAsync(caller, "chat/completions", Chat)).ShouldBe(($"local/{Model}", "0"));
            (await AskAsync(caller, "embeddings", new { model = "local-embeddings", input = "Hello" })).ShouldBe(("embeddings/local-embeddings", "0"));
            (await AnsweredAsync(app, "model")).ShouldBe(["/v1/chat/completions"]);
            (await AnsweredAsync(app, "embeddings")).ShouldBe(["/v1/embeddings"]);

            Kill(running);
            await app.ResourceNotifications.WaitForResourceAsync("model", change => change.Snapshot.StartTimeStamp > running.Snapshot.StartTimeStamp, TestHost.Token);
            await app.ResourceNotifications.WaitForResourceHealthyAsync("model", TestHost.Token);
            (await AskAsync(caller, "chat/completions", Chat)).ShouldBe(($"local/{Model}", "0"));
        }

        docker.Calls.Where(call => call.Contains(id, StringComparison.Ordinal)).Select(call => call.Split('|')[0]).ShouldBe(["run", "rm", "run", "rm"]);
        docker.Calls.ShouldAllBe(call => !call.Contains("hf_secret", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Requirement", "V1.3")]
    [Trait("Requirement", "V1.4")]
    public async Task On_the_CPU_the_gateway_starts_once_health_says_that_the_model_is_loaded()
    {
        using var docker = CreateDocker("runc", nvidia: "exit 9", setUp: "export Model__Behaviour__Ready=false");
        var (app, welcomed) = await WholeSystem.StartAsync(_data, ["--local-model=vllm"], docker.SearchPath);
        await using var _ = app;
        await app.ResourceNotifications.WaitForResourceHealthyAsync("redis", TestHost.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("embeddings", TestHost.Token);
        var loading = await app.ResourceNotifications.WaitForResourceAsync(
            "model", change => change.Snapshot.HealthReports is [{ Description: { } said }] && said.EndsWith("/health answered 503, not 200.", StringComparison.Ordinal), TestHost.Token);

        loading.Snapshot.HealthReports[0].Status.ShouldBe(HealthStatus.Unhealthy);
        var gateway = await app.ResourceNotifications.WaitForResourceAsync("gateway", _ => true, TestHost.Token);
        gateway.Snapshot.State!.Text.ShouldBe(KnownResourceStates.Waiting);
        using var model = app.CreateHttpClient("model");
        TestContext.Current.TestOutputHelper!.Output.ShouldContain(
            $"Local model: waiting until {model.BaseAddress}health says that {Model} is loaded; the gateway starts then. The first time, the image and 8 GB of weights are downloaded.");
        using var loaded = await model.PutAsJsonAsync("/control", new { ready = true }, TestHost.Token);
        await welcomed;

        var id = loading.ResourceId;
        docker.RunOf(id).ShouldBe(
            $"run|--name|{id}|--label|aspire.application=AppHost|--label|aspire.resource=model|--publish|{docker.PublishedBy(id)}|--env|VLLM_CPU_KVCACHE_SPACE"
            + "|--mount|type=volume,source=ai-model-gateway-weights,target=/root/.cache/huggingface|--mount|type=volume,source=ai-model-gateway-vllm,target=/root/.cache/vllm"
            + $"|--shm-size=4g|docker.io/vllm/vllm-openai-cpu:v0.30.0|{Model}|--served-model-name|{Model}|--max-model-len|4096|--dtype|bfloat16");
    }

    private FakeDocker CreateDocker(string runtimes, string nvidia, string setUp = ":")
    {
        var docker = new FakeDocker(
            info: $"echo ' Runtimes: io.containerd.runc.v2 {runtimes}'",
            run: $"""
                case "$*" in
                    *library/redis*) exec redis-server --port "$port" --bind 127.0.0.1 --dir "{_data}" --save "" --requirepass "$REDIS_PASSWORD" ;;
                    *) echo "$HF_TOKEN"; {setUp}; exec dotnet "{typeof(LocalModelExtensions).Assembly.Location}" --urls "http://127.0.0.1:$port" ;;
                  esac
                """);
        docker.AddCommand("nvidia-smi", nvidia);
        return docker;
    }

    /// <summary>The target that answered, and what it cost.</summary>
    private static async Task<(string Target, string Cost)> AskAsync(HttpClient caller, string route, object body)
    {
        using var response = await caller.PostAsJsonAsync($"/v1/{route}", body, TestHost.Token);
        response.EnsureSuccessStatusCode();
        return (response.Headers.GetValues("x-gateway-target").Single(), response.Headers.GetValues("x-gateway-cost-usd").Single());
    }

    /// <summary>The paths that a simulator was asked for.</summary>
    private static async Task<IReadOnlyList<string>> AnsweredAsync(DistributedApplication app, string resource)
    {
        using var client = app.CreateHttpClient(resource);
        var log = await client.GetFromJsonAsync<JsonNode>("/control/requests", TestHost.Token);
        return [.. log!.AsArray().Select(request => (string)request!["path"]!)];
    }

    private static void Kill(ResourceEvent running)
    {
        var id = running.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value;
        using var container = Process.GetProcessById(Convert.ToInt32(id, CultureInfo.InvariantCulture));
        container.Kill();
    }
}
