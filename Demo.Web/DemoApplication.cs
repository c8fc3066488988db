using Demo.Web.Configuration;
using Demo.Web.Pages;
using Demo.Web.Proxy;
using Demo.Web.Security;
using Demo.Web.Visitors;
using ServiceDefaults.Health;

namespace Demo.Web;

/// <summary>The demo's table of contents: pages, what they call passed on to the gateway, and the key of visitors who have none.</summary>
public static class DemoApplication
{
    public static void AddDemo(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(DemoOptionsValidator.Read(builder.Configuration));
        builder.AddVisitors();
        builder.AddGatewayProxy();
        builder.Services.AddPages();
    }

    public static void MapDemo(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.MapHealth();
        app.MapGatewayProxy();
        app.MapConsoleSettings();
        app.MapPages();
    }
}
