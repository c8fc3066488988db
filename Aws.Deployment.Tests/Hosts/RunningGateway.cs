using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Aws.Deployment.Tests.Hosts;
using Gateway.Tests.Hosts;
using Xunit;

[assembly: AssemblyFixture(typeof(RunningGateway))]

namespace Aws.Deployment.Tests.Hosts;

/// <summary>The gateway in front of the simulated model, both as processes as they ship, with a key.</summary>
public sealed class RunningGateway : IAsyncLifetime
{
    public const string Origin = "https://demo.example.com";

    public const string AdminKey = "admin-key-of-the-test";
    private const string Listening = "Now listening on: ";

    private readonly List<LeashedProcess> _processes = [];

    public Uri Address { get; private set; } = null!;

    /// <summary>With generous limits, so that replies tell of them.</summary>
    public string Key { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var model = await StartAsync("Local.Model", new Dictionary<string, string>());
        Address = await StartAsync("Gateway.Api", new Dictionary<string, string>
        {
            ["GATEWAY_ADMIN_KEY"] = AdminKey,
            ["OPENAI_API_KEY"] = "",
            ["AWS_BEARER_TOKEN_BEDROCK"] = "",
            ["Gateway__Providers__local__BaseUrl"] = $"{model}v1",
            ["Gateway__Providers__bedrock__UseAwsCredentials"] = "false",
            ["Gateway__Limits__RequestsPerMinutePerIp"] = "0",
            ["Gateway__Cors__Origins__0"] = Origin,
        });
        using var admin = new HttpClient { BaseAddress = Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", AdminKey) } };
        using var made = await admin.PostAsJsonAsync("/admin/keys", new { name = "test", limits = new { requests_per_minute = 100_000 } });
        made.EnsureSuccessStatusCode();
        Key = (string)(await made.Content.ReadFromJsonAsync<JsonObject>())!["key"]!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }
    }

    private async Task<Uri> StartAsync(string project, Dictionary<string, string> environment)
    {
        var assembly = Repository.PathOf(project, "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", $"{project}.dll");
        var process = LeashedProcess.Start(environment, "dotnet", assembly, "--urls", "http://127.0.0.1:0");
        _processes.Add(process);
        await process.LineAsync(Listening, TestContext.Current.CancellationToken);
        var line = process.Lines.First(line => line.Contains(Listening, StringComparison.Ordinal));
        return new Uri(line.Split(Listening)[1].Split('"')[0]);
    }
}
