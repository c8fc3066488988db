using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Api;

namespace Gateway.Tests.Hosts;

/// <summary>The gateway as a process of its own, as it ships.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    public const string AdminKey = "test-admin-key";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly LeashedProcess _process;
    private readonly HttpClient _http;

    private GatewayProcess(LeashedProcess process, Uri address)
    {
        _process = process;
        Address = address;
        _http = new HttpClient { BaseAddress = address };
    }

    public Uri Address { get; }

    public Task<int> Id => _process.Id;

    /// <summary>Of the machine's memory.</summary>
    public async Task<long> ResidentBytesAsync()
    {
        // VmRSS:     123456 kB
        var line = (await File.ReadAllLinesAsync($"/proc/{(await Id).ToString(CultureInfo.InvariantCulture)}/status")).Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>What it has said so far.</summary>
    public IEnumerable<string> Lines => _process.Lines;

    public Task LineAsync(string part, CancellationToken cancellationToken) => _process.LineAsync(part, cancellationToken);

    /// <param name="settings">Arguments: <c>--Gateway:Limits:Retries</c>, <c>0</c>.</param>
    public static Task<GatewayProcess> StartAsync(int port, string data, int redisPort, params IReadOnlyList<string> settings) =>
        StartAsync(port, data, redisPort, new Dictionary<string, string>(), settings);

    /// <param name="environment">What is not read from settings, such as <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</param>
    public static async Task<GatewayProcess> StartAsync(int port, string data, int redisPort, IReadOnlyDictionary<string, string> environment, params IReadOnlyList<string> settings)
    {
        var address = new Uri($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
        var process = LeashedProcess.Start(
            new Dictionary<string, string>(environment)
            {
                ["GATEWAY_ADMIN_KEY"] = AdminKey,
                ["OPENAI_API_KEY"] = "",
                ["AWS_BEARER_TOKEN_BEDROCK"] = "",
                ["Data__Directory"] = data,
                ["ConnectionStrings__redis"] = $"127.0.0.1:{redisPort}",
                ["Gateway__Limits__RequestsPerMinutePerIp"] = "0",
                ["Gateway__Providers__bedrock__UseAwsCredentials"] = "false",
                ["Logging__LogLevel__Default"] = "Warning",
            },
            ["dotnet", typeof(GatewayApplication).Assembly.Location, "--urls", address.AbsoluteUri, .. settings]);
        var gateway = new GatewayProcess(process, address);
        try
        {
            await gateway.ReadyAsync().WaitAsync(Patience, TimeProvider.System);
            return gateway;
        }
        catch (TimeoutException)
        {
            await gateway.DisposeAsync();
            throw new TimeoutException($"The gateway was not ready in time: {string.Join('\n', gateway.Lines)}");
        }
    }

    public HttpClient ClientWith(string bearer) => new()
    {
        BaseAddress = Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", bearer) },
    };

    public async Task<string> CreateKeyAsync(object key) => (await MakeKeyAsync(key)).Secret;

    public async Task<(string Id, string Secret)> MakeKeyAsync(object key)
    {
        using var admin = ClientWith(AdminKey);
        using var response = await admin.PostAsJsonAsync("/admin/keys", key);
        response.EnsureSuccessStatusCode();
        var made = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        return ((string)made["id"]!, (string)made["key"]!);
    }

    /// <summary>Returns once it takes a key that was made at another: a moment later.</summary>
    public async Task UntilKnownAsync(string key)
    {
        using var caller = ClientWith(key);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            using var response = await caller.GetAsync("/v1/models");
            if (response.IsSuccessStatusCode)
            {
                return;
            }

            await tick.WaitForNextTickAsync();
        }
    }

    /// <summary>Returns once this is part of what it says of its readiness.</summary>
    public async Task UntilReadyAsync(string part)
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!(await _http.GetStringAsync("/health/ready")).Contains(part, StringComparison.Ordinal))
        {
            await tick.WaitForNextTickAsync();
        }
    }

    /// <summary>Ends it as SIGKILL does, and returns when it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _http.Dispose();
    }

    private async Task ReadyAsync()
    {
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await IsReadyAsync())
        {
            await tick.WaitForNextTickAsync();
        }
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await _http.GetAsync("/health/ready");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
