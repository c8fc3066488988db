using Local.Model;
using Microsoft.AspNetCore.Builder;

namespace Gateway.Tests.Hosts;

/// <summary>The simulated model server, answering as fast as it can unless the settings say otherwise.</summary>
public sealed class ModelHost : LoopbackHost
{
    private ModelHost(WebApplication app, LogRecorder log) : base(app, log)
    {
    }

    /// <param name="settings">Settings of Local.Model, such as <c>Model:Behaviour:TokensPerSecond</c>.</param>
    public static async Task<ModelHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["Model:Behaviour:TimeToFirstTokenMs"] = "0",
            ["Model:Behaviour:TokensPerSecond"] = "0",
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var (app, log) = await StartAsync(all, builder => builder.AddLocalModel(), app => app.MapLocalModel());
        return new ModelHost(app, log);
    }
}
