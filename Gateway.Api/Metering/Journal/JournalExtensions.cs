using ServiceDefaults.Redis;

namespace Gateway.Api.Metering.Journal;

internal static class JournalExtensions
{
    private const string Folder = "journal";

    // Where callers wait for it a batch is an event or a few, and nothing but Redis holds what waits.
    private const int SmallBatches = 100;

    /// <summary>
    /// The journal is on disk where the disk outlives the process, which <c>Data:Directory</c> tells; else events are in Redis before their replies end.
    /// Without Redis nobody would ever take them: then there is none.
    /// </summary>
    public static void AddUsageJournal(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        var settings = JournalSettings.Read(builder.Configuration);
        if (!builder.Configuration.HasRedis())
        {
            services.AddSingleton(new UsageJournal());
            services.AddHostedService<NoJournalService>();
            return;
        }

        services.AddUsageJournal(settings, builder.Configuration["Data:Directory"]);
        services.AddHealthChecks().AddCheck<JournalHealthCheck>("usage");
    }

    /// <summary>A journal that delivers to Redis.</summary>
    /// <param name="services">Where Redis's client is.</param>
    /// <param name="settings">Its bounds and times.</param>
    /// <param name="directory">A folder that outlives the process; null or empty where there is none.</param>
    public static void AddUsageJournal(this IServiceCollection services, JournalSettings settings, string? directory)
    {
        services.AddSingleton(string.IsNullOrEmpty(directory) ? settings with { MaxWaitingBatches = settings.MaxWaitingBatches * SmallBatches } : settings);
        services.AddSingleton<JournalMetrics>();
        services.AddSingleton<JournalRecovery>();
        services.AddSingleton<LostEvents>();
        services.AddSingleton<UsageDelivery>();
        if (string.IsNullOrEmpty(directory))
        {
            services.AddSingleton<JournalService, MemoryJournalService>();
        }
        else
        {
            services.AddSingleton<JournalService>(provider => ActivatorUtilities.CreateInstance<DiskJournalService>(provider, Path.Combine(directory, Folder)));
        }

        services.AddSingleton<UsageJournal>();
        services.AddHostedService(provider => provider.GetRequiredService<JournalService>());
    }
}
