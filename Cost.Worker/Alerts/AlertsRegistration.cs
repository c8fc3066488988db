using Cost.Worker.Alerts.Gateways;
using Cost.Worker.Alerts.Rules;
using Cost.Worker.Alerts.Sinks;
using Cost.Worker.Configuration;

namespace Cost.Worker.Alerts;

internal static class AlertsRegistration
{
    /// <summary>Watches usage and the gateway, and tells the sinks; a fault in the configuration ends the start.</summary>
    public static void AddAlerts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var options = AlertsOptionsValidator.Read(builder.Configuration);
        var directory = Path.Combine(DataDirectory.Of(builder.Configuration), "alerts");
        services.AddSingleton(options);
        services.AddSingleton<GatewayWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<GatewayWatch>());

        services.AddSingleton<Budgets>();
        services.AddSingleton<IAlertRule, BudgetRule>();
        services.AddSingleton<BudgetForecastRule>();
        services.AddSingleton<IAlertRule>(provider => provider.GetRequiredService<BudgetForecastRule>());
        services.AddHostedService(provider => provider.GetRequiredService<BudgetForecastRule>());
        services.AddSingleton<IAlertRule, SpendAnomalyRule>();
        services.AddSingleton<IAlertRule, ErrorRateRule>();
        services.AddSingleton<IAlertRule, LatencyRule>();
        services.AddSingleton<IAlertRule, GatewayRule>();
        services.AddSingleton<IAlertRule, TargetRule>();
        services.AddSingleton<IAlertRule, CircuitRule>();
        services.AddSingleton<IAlertRule, LedgerLagRule>();
        services.AddSingleton<IAlertRule, JournalRule>();

        services.AddSingleton(provider => new SinkFactory(
            builder.Configuration, directory, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton(provider => provider.GetRequiredService<SinkFactory>().Create(options));
        for (var i = 0; i < options.Sinks.Count; i++)
        {
            var number = i;
            services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<IReadOnlyList<SinkCourier>>()[number]);
        }

        services.AddSingleton(provider => new AlertFile(directory, provider.GetRequiredService<ILogger<AlertFile>>()));
        services.AddSingleton<AlertBook>();
        services.AddSingleton<AlertService>();
        services.AddHostedService(provider => provider.GetRequiredService<AlertService>());
    }
}
