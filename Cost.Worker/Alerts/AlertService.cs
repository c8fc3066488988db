using Cost.Worker.Alerts.Sinks;
using Cost.Worker.Configuration;

namespace Cost.Worker.Alerts;

/// <summary>Looks at everything every few seconds and tells the sinks what changed: into each one's outbox first, so that a crash tells twice rather than never.</summary>
internal sealed partial class AlertService(
    IEnumerable<IAlertRule> rules, AlertBook book, AlertFile file, IReadOnlyList<SinkCourier> couriers, AlertsOptions options, TimeProvider time, ILogger<AlertService> logger)
    : BackgroundService
{
    private const int MostRecent = 50;

    private readonly IAlertRule[] _rules = [.. rules];
    private readonly LinkedList<Alert> _recent = [];
    private readonly Lock _lock = new();
    private bool _isKept = true;
    private bool _isToldNotKept;

    public AlertList List()
    {
        lock (_lock)
        {
            var active = book.Active.OrderByDescending(alert => alert.Severity).ThenBy(alert => alert.StartedAt);
            return new AlertList("list", [.. active], [.. _recent], [.. couriers.Select(courier => courier.State)]);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        lock (_lock)
        {
            book.Restore(file.Read());
        }

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.EverySeconds), time);
        try
        {
            do
            {
                Evaluate();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The worker stops.
        }
    }

    private void Evaluate()
    {
        lock (_lock)
        {
            var uncertain = _rules.Where(rule => !rule.IsCertain).Select(rule => rule.Name).ToHashSet(StringComparer.Ordinal);
            foreach (var message in book.Compare([.. _rules.SelectMany(rule => rule.Evaluate())], uncertain))
            {
                Tell(message);
            }

            Keep();
        }
    }

    private void Tell(AlertMessage message)
    {
        var masked = message.Masked();
        foreach (var courier in couriers)
        {
            courier.Take(masked);
        }

        book.Accept(message);
        _isKept = false;
        Log(masked);
        if (message.Event == AlertEvent.Resolved)
        {
            _recent.AddFirst(message.Alert);
            if (_recent.Count > MostRecent)
            {
                _recent.RemoveLast();
            }
        }
    }

    private void Keep()
    {
        if (_isKept)
        {
            return;
        }

        try
        {
            file.Write(book.Active);
            (_isKept, _isToldNotKept) = (true, false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (!_isToldNotKept)
            {
                LogNotKept(failure.Message);
                _isToldNotKept = true;
            }
        }
    }

    private void Log(AlertMessage message)
    {
        var level = message.Event == AlertEvent.Resolved ? LogLevel.Information : message.Alert.Severity switch
        {
            Severity.Critical => LogLevel.Error,
            Severity.Warning => LogLevel.Warning,
            _ => LogLevel.Information,
        };
        if (logger.IsEnabled(level))
        {
            var (title, alert) = (message.Title(), message.Alert);
            LogAlert(level, title, alert.Summary, alert.Id);
        }
    }

    [LoggerMessage(Message = "Alert {Title}: {Summary} ({Id})")]
    private partial void LogAlert(LogLevel level, string title, string summary, string id);

    [LoggerMessage(LogLevel.Error, "Which alerts last cannot be kept on disk ({Reason}): a worker that starts now tells them again. It is tried again until it succeeds.")]
    private partial void LogNotKept(string reason);
}
