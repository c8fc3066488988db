namespace Gateway.Api.Experiments;

internal static class ExperimentsExtensions
{
    public static void AddExperiments(this WebApplicationBuilder builder) => builder.Services.AddSingleton<ExperimentStage>();
}
