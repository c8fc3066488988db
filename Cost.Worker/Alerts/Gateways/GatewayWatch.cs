using System.Text.Json;
using Cost.Worker.Configuration;
using ServiceDefaults.Network;

namespace Cost.Worker.Alerts.Gateways;

/// <summary>Looks at the gateway every few seconds, where one is known.</summary>
internal sealed partial class GatewayWatch(IConfiguration configuration, AlertsOptions options, TimeProvider time, ILogger<GatewayWatch> logger) : BackgroundService
{
    // As Aspire gives it.
    private const string AddressKey = "services:gateway:http:0";

    private static readonly TimeSpan ConfigurationEvery = TimeSpan.FromSeconds(30);

    private readonly TargetHistory _targets = new(time);
    private volatile GatewayView _view = GatewayView.Nothing;
    private long? _configurationAt;

    public GatewayView View => _view;

    /// <summary>Whether it was reached since the start, or there is none to watch.</summary>
    public bool IsKnown { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if ((options.Gateway is { Length: > 0 } configured ? configured : configuration[AddressKey]) is not { Length: > 0 } address)
        {
            IsKnown = true;
            LogNone();
            return;
        }

        using var client = new GatewayClient(new Uri(address), configuration);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.EverySeconds), time);
        try
        {
            do
            {
                await LookAsync(client, stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The worker stops.
        }
    }

    private async Task LookAsync(GatewayClient client, CancellationToken stoppingToken)
    {
        try
        {
            var view = _view with { Targets = _targets.Look(await client.TargetsAsync(stoppingToken)), JournalEvents = await client.JournalEventsAsync(stoppingToken) };
            if (_configurationAt is not { } last || time.GetElapsedTime(last) >= ConfigurationEvery)
            {
                view = view with { TenantBudgets = await client.TenantBudgetsAsync(stoppingToken) };
                _configurationAt = time.GetTimestamp();
            }

            _view = view with { DownSince = null, Trouble = null };
            IsKnown = true;
        }
        catch (Exception failure) when (failure.IsOfNetwork() || failure is JsonException || (failure is OperationCanceledException && !stoppingToken.IsCancellationRequested))
        {
            _view = _view with { DownSince = _view.DownSince ?? time.GetUtcNow(), Trouble = WordsOf(failure) };
        }
    }

    private static string WordsOf(Exception failure) => failure switch
    {
        HttpRequestException { StatusCode: { } status } => $"it answers with HTTP {(int)status}.",
        JsonException => "its answer cannot be read.",
        OperationCanceledException => "it does not answer in time.",
        _ => failure.Message,
    };

    [LoggerMessage(LogLevel.Information, "No gateway is known (Alerts:Gateway): its targets, circuits, journal and tenants' budgets are not watched.")]
    private partial void LogNone();
}
