using System.ClientModel;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Gateway.Tests.Hosting;
using Gateway.Tests.Hosts;
using OpenAI;
using OpenAI.Chat;
using Shouldly;
using Xunit;

namespace Gateway.Tests.AppHost;

/// <summary>The whole system as the AppHost starts it: real processes on random ports, state in a folder of the test.</summary>
public sealed class SystemTests : IDisposable
{
    private const string AdminKey = "admin-of-the-test";

    private readonly string _data = Directory.CreateTempSubdirectory("gateway-system-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    [Trait("Requirement", "G1.1")]
    [Trait("Requirement", "V5.1")]
    public async Task A_newcomer_gets_a_key_an_answer_and_a_stream()
    {
        await using var app = await StartAsync();

        var key = await File.ReadAllTextAsync(Path.Combine(_data, "development-key"), TestContext.Current.CancellationToken);
        var options = new OpenAIClientOptions { Endpoint = new Uri(app.GetEndpoint("gateway"), "v1") };
        var client = new ChatClient("phi-3-mini", new ApiKeyCredential(key.Trim()), options);
        var answer = await client.CompleteChatAsync([new UserChatMessage("Hello")], cancellationToken: TestContext.Current.CancellationToken);
        var streamed = "";
        await foreach (var update in client.CompleteChatStreamingAsync([new UserChatMessage("Hello")], cancellationToken: TestContext.Current.CancellationToken))
        {
            streamed += string.Concat(update.ContentUpdate.Select(part => part.Text));
        }

        answer.Value.Content[0].Text.ShouldContain("simulated");
        streamed.ShouldBe(answer.Value.Content[0].Text);
    }

    [Fact]
    public async Task The_cost_worker_keeps_its_ledger_in_its_folder_and_reports_to_the_administrator()
    {
        await using var app = await StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("cost", TestContext.Current.CancellationToken);

        using var admin = app.CreateHttpClient("cost");
        var health = await admin.GetStringAsync("/health/ready", TestContext.Current.CancellationToken);
        admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
        var report = JsonNode.Parse(await admin.GetStringAsync("/usage", TestContext.Current.CancellationToken))!;

        health.ShouldBe("""{"status":"ok","checks":{"process":"ok","redis":"ok","ledger":"ok"}}""");
        ((string)report["object"]!).ShouldBe("usage");
        File.Exists(Path.Combine(_data, "cost", "ledger.lock")).ShouldBeTrue();
    }

    [Fact]
    public async Task An_operator_brings_a_catalogue_in_through_the_gateway()
    {
        await using var app = await StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("products", TestContext.Current.CancellationToken);

        using var admin = app.CreateHttpClient("gateway");
        admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
        using var feed = new StringContent("id,title,price\np-1,Torque wrench,5 USD\n");
        using var answer = await admin.PostAsync("/admin/products/import?format=csv", feed, TestContext.Current.CancellationToken);

        var report = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, report);
        ((int)JsonNode.Parse(report)!["products"]!).ShouldBe(1);
    }

    [Fact]
    [Trait("Requirement", "V9.1")]
    public async Task A_visitor_of_the_demo_page_needs_no_key()
    {
        await using var app = await StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("web", TestContext.Current.CancellationToken);

        using var visitor = app.CreateHttpClient("web");
        var page = await visitor.GetStringAsync("/", TestContext.Current.CancellationToken);
        var models = JsonNode.Parse(await visitor.GetStringAsync("/v1/models", TestContext.Current.CancellationToken))!["data"]!.AsArray();

        page.ShouldContain("AI Model Gateway");
        models.ShouldHaveSingleItem()!["id"]!.ToString().ShouldBe("phi-3-mini");
    }

    [Fact]
    [Trait("Requirement", "G2.1")]
    [Trait("Requirement", "G2.2")]
    public async Task The_sample_catalogue_is_served_over_MCP_with_the_development_key()
    {
        await using var app = await StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("products", TestContext.Current.CancellationToken);
        var key = await File.ReadAllTextAsync(Path.Combine(_data, "development-key"), TestContext.Current.CancellationToken);
        var wanted = JsonNode.Parse("""{"query":"wireless keyboard","filters":{"price":{"max":6000},"available":true}}""");

        foreach (var endpoint in new[] { new Uri(app.GetEndpoint("products"), "mcp"), new Uri(app.GetEndpoint("gateway"), "mcp/products") })
        {
            await using var client = await ProductsHost.ConnectAsync(endpoint, key.Trim(), TestContext.Current.CancellationToken);
            var found = await client.CallToolAsync("search_catalog", new Dictionary<string, object?> { ["catalog"] = wanted }, cancellationToken: TestContext.Current.CancellationToken);
            found.StructuredContent!.Value.GetProperty("pagination").GetProperty("total_count").GetInt32().ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public async Task The_keys_made_for_a_checkout_are_kept_for_its_next_start()
    {
        string[] first, second;
        await using (await StartAsync("--Parameters:admin-key="))
        {
            first = await KeysAsync();
        }

        await using (await StartAsync("--Parameters:admin-key="))
        {
            second = await KeysAsync();
        }

        second.ShouldBe(first);
        first[0].ShouldMatch("^admin-[0-9a-f]{64}$");
        first[1].ShouldStartWith("sk-gw-");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(_data, "admin-key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    [Trait("Requirement", "G6.4")]
    public async Task No_secret_is_on_a_command_line_nor_with_a_process_that_needs_none_and_the_state_is_its_owners_alone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are looked at in /proc.");
        var folder = Path.Combine(_data, "state");
        var (admin, openAI, bedrock) = ($"admin-{Guid.NewGuid():N}", $"sk-{Guid.NewGuid():N}", $"ABSK{Guid.NewGuid():N}");
        var (app, welcomed) = await WholeSystem.StartAsync(folder, [$"--Parameters:admin-key={admin}", $"--Parameters:openai-api-key={openAI}", $"--Parameters:bedrock-api-key={bedrock}"]);
        await using var system = app;
        await welcomed;
        var development = (await File.ReadAllTextAsync(Path.Combine(folder, "development-key"), TestContext.Current.CancellationToken)).Trim();

        var processes = ProcessTree.DescendantsOf(Environment.ProcessId).Select(id => (Arguments: TextOf(id, "cmdline"), Environment: TextOf(id, "environ"))).ToList();

        processes.ShouldContain(process => process.Environment.Contains(admin, StringComparison.Ordinal) && process.Arguments.Contains("Gateway.Api", StringComparison.Ordinal));
        foreach (var secret in (string[])[admin, openAI, bedrock, development])
        {
            processes.ShouldAllBe(process => !process.Arguments.Contains(secret, StringComparison.Ordinal));
        }

        processes.Where(process => process.Environment.Contains(openAI, StringComparison.Ordinal) || process.Environment.Contains(bedrock, StringComparison.Ordinal))
            .ShouldAllBe(process => process.Arguments.Contains("Gateway.Api", StringComparison.Ordinal));
        processes.Where(process => process.Environment.Contains(admin, StringComparison.Ordinal))
            .ShouldAllBe(process => !process.Arguments.Contains("Local.Model", StringComparison.Ordinal) && !process.Arguments.Contains("redis-server", StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task A_development_key_that_was_revoked_is_replaced()
    {
        string[] before, after;
        await using (var app = await StartAsync())
        {
            before = await KeysAsync();
            using var admin = app.CreateHttpClient("gateway");
            admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
            var keys = JsonNode.Parse(await admin.GetStringAsync("/admin/keys", TestContext.Current.CancellationToken))!["data"]!.AsArray();
            using var revoked = await admin.DeleteAsync($"/admin/keys/{keys.Single(key => (string?)key!["name"] == "development")!["id"]}", TestContext.Current.CancellationToken);
            revoked.EnsureSuccessStatusCode();
        }

        await using (await StartAsync())
        {
            after = await KeysAsync();
        }

        after[1].ShouldNotBe(before[1]);
    }

    [Theory]
    [InlineData("--Parameters:openai-api-key=sk-upstream")]
    [InlineData("--Parameters:openai_api_key=sk-upstream")]
    public async Task With_a_key_for_OpenAI_its_models_are_offered(string parameter)
    {
        await using var app = await StartAsync(parameter);

        using var caller = app.CreateHttpClient("gateway");
        caller.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await KeysAsync())[1]);
        var models = JsonNode.Parse(await caller.GetStringAsync("/v1/models", TestContext.Current.CancellationToken))!["data"]!.AsArray();

        models.Select(model => (string)model!["id"]!).ShouldContain("gpt-4o-mini");
    }

    [Fact]
    public async Task With_a_key_for_Bedrock_its_models_are_offered()
    {
        await using var app = await StartAsync("--Parameters:bedrock-api-key=ABSKupstream");

        using var caller = app.CreateHttpClient("gateway");
        caller.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await KeysAsync())[1]);
        var models = JsonNode.Parse(await caller.GetStringAsync("/v1/models", TestContext.Current.CancellationToken))!["data"]!.AsArray();

        models.Select(model => (string)model!["id"]!).ShouldContain("claude-sonnet");
    }

    // Empty of a process that has ended meanwhile.
    private static string TextOf(int processId, string what)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/{what}").Replace('\0', ' ');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private async Task<string[]> KeysAsync()
    {
        var admin = Path.Combine(_data, "admin-key");
        return
        [
            File.Exists(admin) ? (await File.ReadAllTextAsync(admin, TestContext.Current.CancellationToken)).Trim() : "",
            (await File.ReadAllTextAsync(Path.Combine(_data, "development-key"), TestContext.Current.CancellationToken)).Trim(),
        ];
    }

    /// <summary>Starts the system and waits until the gateway is ready and the AppHost has said so.</summary>
    private async Task<DistributedApplication> StartAsync(params string[] args)
    {
        string[] all = args.Any(arg => arg.Contains("admin-key", StringComparison.Ordinal)) ? args : [$"--Parameters:admin-key={AdminKey}", .. args];
        var (app, welcomed) = await WholeSystem.StartAsync(_data, all);
        await welcomed;
        return app;
    }
}
