using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gateway.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults;

namespace Gateway.Tests.Hosts;

/// <summary>The whole gateway on loopback, its provider <c>local</c> being the upstream that it is given.</summary>
public sealed class GatewayHost : LoopbackHost
{
    public const string AdminKey = "test-admin-key";

    private GatewayHost(WebApplication app, LogRecorder log) : base(app, log)
    {
    }

    public static Task<GatewayHost> StartAsync(LoopbackHost upstream, params (string Key, string Value)[] settings) => StartAsync(upstream, _ => { }, settings);

    /// <param name="register">What a host of its own may add in code.</param>
    public static async Task<GatewayHost> StartAsync(LoopbackHost upstream, Action<IServiceCollection> register, params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["GATEWAY_ADMIN_KEY"] = AdminKey,
            // The key of whoever runs the tests is none of theirs: with it the gateway would serve, and call, OpenAI's models.
            ["OPENAI_API_KEY"] = "",
            ["AWS_BEARER_TOKEN_BEDROCK"] = "",
            ["AWS_ACCESS_KEY_ID"] = "",
            ["AWS_REGION"] = "",
            // All callers are on one address here.
            ["Gateway:Limits:RequestsPerMinutePerIp"] = "0",
            // A tier that limits nothing.
            ["Gateway:Tiers:free:Priority"] = "0",
            ["Gateway:Providers:bedrock:UseAwsCredentials"] = "false",
            ["Gateway:Providers:local:BaseUrl"] = new Uri(upstream.Address, "v1").AbsoluteUri,
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var (app, log) = await StartAsync(all, builder => Add(builder, register), app => app.MapGateway());
        return new GatewayHost(app, log);
    }

    /// <summary>A client that sends the admin key.</summary>
    public HttpClient AdminClient() => ClientWith(AdminKey);

    /// <summary>A client that sends an API key made for it.</summary>
    public async Task<HttpClient> CallerClientAsync() => ClientWith(await CreateKeyAsync());

    public HttpClient ClientWith(string bearer) => new()
    {
        BaseAddress = Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", bearer) },
    };

    public async Task<string> CreateKeyAsync(object? body = null)
    {
        using var admin = AdminClient();
        using var response = await admin.PostAsJsonAsync("/admin/keys", body ?? new { name = "test" });
        response.EnsureSuccessStatusCode();
        return (string)(await response.Content.ReadFromJsonAsync<JsonObject>())!["key"]!;
    }

    private static void Add(WebApplicationBuilder builder, Action<IServiceCollection> register)
    {
        builder.AddServiceDefaults();
        builder.AddGateway();
        register(builder.Services);
    }
}
