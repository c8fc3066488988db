using Cost.Worker.Configuration;
using Cost.Worker.Ledger.Dynamo;
using Cost.Worker.Ledger.Files;
using ServiceDefaults.Aws;

namespace Cost.Worker.Ledger;

internal static class LedgerRegistration
{
    /// <summary>The ledger in the store that the configuration names; a fault in that ends the start and not a request.</summary>
    public static void AddLedger(this IServiceCollection services, IConfiguration configuration)
    {
        LedgerOptionsValidator.Read(configuration);
        services.AddSingleton(provider => Create(configuration, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()));
    }

    public static IUsageLedger Create(IConfiguration configuration, TimeProvider time, ILoggerFactory loggers)
    {
        var options = LedgerOptionsValidator.Read(configuration);
        return options.UsesFiles
            ? new FileLedger(DataDirectory.Of(configuration), time, loggers.CreateLogger<FileLedger>())
            : new DynamoLedger(new DynamoTable(DynamoClient.Create(configuration, options.ServiceUrl), options.Table!, time));
    }
}
