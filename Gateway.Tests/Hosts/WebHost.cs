using Demo.Web;
using Microsoft.AspNetCore.Builder;
using ServiceDefaults;

namespace Gateway.Tests.Hosts;

/// <summary>The whole demo site on loopback, in front of the gateway that it is given.</summary>
public sealed class WebHost : LoopbackHost
{
    private readonly string? _ownData;

    private WebHost(WebApplication app, LogRecorder log, string? ownData) : base(app, log) => _ownData = ownData;

    public static async Task<WebHost> StartAsync(Uri gateway, params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["services:gateway:http:0"] = gateway.AbsoluteUri,
            ["GATEWAY_ADMIN_KEY"] = GatewayHost.AdminKey,
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var ownData = all.ContainsKey("Data:Directory") ? null : Directory.CreateTempSubdirectory("gateway-web-").FullName;
        all["Data:Directory"] = ownData ?? all["Data:Directory"];
        var (app, log) = await StartAsync(all, Add, app => app.MapDemo());
        return new WebHost(app, log, ownData);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_ownData is not null)
        {
            Directory.Delete(_ownData, recursive: true);
        }
    }

    private static void Add(WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults();
        builder.AddDemo();
    }
}
