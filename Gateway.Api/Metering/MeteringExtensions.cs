using Gateway.Api.Metering.Journal;

namespace Gateway.Api.Metering;

internal static class MeteringExtensions
{
    public static void AddMetering(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<UsageMeter>();
        builder.Services.AddSingleton<TokenEstimator>();
        builder.Services.AddSingleton<CostWorkerClient>();
        builder.AddUsageJournal();
    }
}
