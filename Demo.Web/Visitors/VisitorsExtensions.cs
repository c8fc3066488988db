namespace Demo.Web.Visitors;

internal static class VisitorsExtensions
{
    public static void AddVisitors(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DemoKey>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DemoKey>());
    }
}
