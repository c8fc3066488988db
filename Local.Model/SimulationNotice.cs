using Local.Model.Configuration;

namespace Local.Model;

/// <summary>Says at the start that no model runs here.</summary>
internal sealed partial class SimulationNotice(ModelCatalogue models, ILogger<SimulationNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var names = string.Join(", ", models.All.Select(model => model.Id));
        Simulated(names);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information,
        Message = "SIMULATED model server: no model is loaded, answers are made up from the prompt. Serving as {Models}")]
    private partial void Simulated(string models);
}
