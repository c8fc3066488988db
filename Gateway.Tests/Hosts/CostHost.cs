using System.Net.Http.Headers;
using Cost.Worker;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using ServiceDefaults;

namespace Gateway.Tests.Hosts;

/// <summary>The whole cost worker on loopback, with a data directory that the test gives it.</summary>
public sealed class CostHost : LoopbackHost
{
    public const string AdminKey = "test-admin-key";

    private CostHost(WebApplication app, LogRecorder log) : base(app, log)
    {
    }

    /// <param name="redisPort">Null where there is no Redis.</param>
    public static async Task<CostHost> StartAsync(string data, int? redisPort, TimeProvider? time = null, params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["Data:Directory"] = data,
            ["GATEWAY_ADMIN_KEY"] = AdminKey,
            ["ConnectionStrings:redis"] = redisPort is { } port ? $"127.0.0.1:{port}" : null,
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var (app, log) = await StartAsync(all, builder => Add(builder, time), app => app.MapCost());
        return new CostHost(app, log);
    }

    public HttpClient AdminClient() => new()
    {
        BaseAddress = Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", AdminKey) },
    };

    private static void Add(WebApplicationBuilder builder, TimeProvider? time)
    {
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }

        builder.AddServiceDefaults();
        builder.AddCost();
    }
}
