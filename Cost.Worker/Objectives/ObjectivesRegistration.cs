using Cost.Worker.Alerts;
using Cost.Worker.Configuration;
using Cost.Worker.Traffic;

namespace Cost.Worker.Objectives;

internal static class ObjectivesRegistration
{
    /// <summary>Counts how service-level objectives are met, and watches their error budgets; a fault in the configuration ends the start.</summary>
    public static void AddObjectives(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(ObjectiveOptionsValidator.Read(builder.Configuration));
        services.AddSingleton(provider => new CountsFile(DataDirectory.Of(builder.Configuration), provider.GetRequiredService<ILogger<CountsFile>>()));
        services.AddSingleton<ObjectiveBook>();
        services.AddSingleton<IUsageWatcher>(provider => provider.GetRequiredService<ObjectiveBook>());
        services.AddSingleton<IAlertRule, ObjectiveRule>();
        services.AddHostedService<ObjectiveService>();
    }
}
