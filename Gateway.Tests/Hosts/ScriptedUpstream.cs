using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Hosts;

/// <summary>An upstream that does exactly what the test says, over a real socket.</summary>
public sealed class ScriptedUpstream : LoopbackHost
{
    private ScriptedUpstream(WebApplication app, LogRecorder log) : base(app, log)
    {
    }

    public static async Task<ScriptedUpstream> StartAsync(RequestDelegate script)
    {
        var (app, log) = await StartAsync(new Dictionary<string, string?>(), _ => { }, app => app.UseWebSockets().Run(script));
        return new ScriptedUpstream(app, log);
    }
}
