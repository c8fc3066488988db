using Gateway.Api.Configuration;
using ServiceDefaults.Network;

namespace Gateway.Api.Routing;

/// <summary>
/// Asks local model servers at <c>GET /health</c>, beside their <c>/v1</c> as vLLM has it, while their targets are left alone, so that
/// one that is well again gets requests again within seconds. What runs elsewhere is not asked: a request that is let through finds out.
/// </summary>
internal sealed partial class HealthProbes(Router router, LiveConfiguration configuration, TimeProvider time, ILogger<HealthProbes> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { Timeout = Patience };
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var target in LeftAlone())
                {
                    await ProbeAsync(http, target, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops.
        }
    }

    private List<Target> LeftAlone() =>
        [.. router.Routes().SelectMany(route => route.Targets).Where(target => target.Health.Circuit.State != "closed").DistinctBy(target => target.Name)];

    private async Task ProbeAsync(HttpClient http, Target target, CancellationToken cancellationToken)
    {
        if (configuration.Current.Providers.GetValueOrDefault(target.Provider.Name) is not { Type: ProviderTypes.OpenAI } provider
            || !Uri.TryCreate(provider.BaseUrl, UriKind.Absolute, out var address) || !NetworkAddresses.IsPrivate(address))
        {
            return;
        }

        try
        {
            using var response = await http.GetAsync(new Uri(address, "/health"), cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                await target.Health.Circuit.CloseAsync();
                LogWell(target.Name);
            }
        }
        catch (Exception failure) when (failure.IsOfNetwork() || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // Still away.
        }
    }

    [LoggerMessage(LogLevel.Information, "{Target} is well again, says its health endpoint; it gets requests again.")]
    private partial void LogWell(string target);
}
