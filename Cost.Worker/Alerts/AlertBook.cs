using Cost.Worker.Configuration;

namespace Cost.Worker.Alerts;

/// <summary>
/// Makes alerts of findings: at once when it gets worse; better only once a value has been well below its threshold for a while, so that nobody is told twice of
/// what goes up and down. For one thread at a time.
/// </summary>
internal sealed class AlertBook(AlertsOptions options, TimeProvider time)
{
    private readonly Dictionary<(string Rule, string Subject), Alert> _active = [];
    private readonly Dictionary<(string Rule, string Subject), DateTimeOffset> _calmSince = [];

    public IReadOnlyCollection<Alert> Active => _active.Values;

    public void Restore(IEnumerable<Alert> active)
    {
        foreach (var alert in active)
        {
            _active[(alert.Rule, alert.Subject)] = alert;
        }
    }

    /// <summary>What changes by the findings; nothing has changed until it is told by <see cref="Accept"/>.</summary>
    /// <param name="findings">What the rules see.</param>
    /// <param name="uncertain">The rules that may not see all: none of their alerts ends.</param>
    public IReadOnlyList<AlertMessage> Compare(IReadOnlyCollection<Finding> findings, IReadOnlySet<string> uncertain)
    {
        var now = time.GetUtcNow();
        var messages = new List<AlertMessage>();
        var seen = findings.GroupBy(finding => (finding.Rule, finding.Subject)).ToDictionary(group => group.Key, group => group.First());
        foreach (var finding in seen.Values)
        {
            if (Worse(finding, now) is { } message)
            {
                messages.Add(message);
            }
        }

        foreach (var (key, alert) in _active.Where(pair => !uncertain.Contains(pair.Key.Rule) || seen.ContainsKey(pair.Key)).ToList())
        {
            if (Better(alert, seen.GetValueOrDefault(key), now) is { } message)
            {
                messages.Add(message);
            }
        }

        return messages;
    }

    public void Accept(AlertMessage message)
    {
        var key = (message.Alert.Rule, message.Alert.Subject);
        _calmSince.Remove(key);
        if (message.Event == AlertEvent.Resolved)
        {
            _active.Remove(key);
        }
        else
        {
            _active[key] = message.Alert;
        }
    }

    private AlertMessage? Worse(Finding finding, DateTimeOffset now)
    {
        if (Worst(finding, level => level.IsReached) is not { } severity)
        {
            return null;
        }

        if (!_active.TryGetValue((finding.Rule, finding.Subject), out var alert))
        {
            return Message(AlertEvent.Raised, now, new Alert
            {
                Id = $"alert_{Guid.CreateVersion7(now):N}", Rule = finding.Rule, Subject = finding.Subject, Summary = finding.Summary,
                Severity = severity, Worst = severity, StartedAt = now, ChangedAt = now,
            });
        }

        return severity <= alert.Severity ? null
            : Message(AlertEvent.Escalated, now, alert with { Severity = severity, Worst = severity > alert.Worst ? severity : alert.Worst, Summary = finding.Summary, ChangedAt = now });
    }

    private AlertMessage? Better(Alert alert, Finding? finding, DateTimeOffset now)
    {
        var key = (alert.Rule, alert.Subject);
        var held = finding is null ? null : Worst(finding, level => level.IsHeld(options.Hysteresis));
        if (held >= alert.Severity)
        {
            _calmSince.Remove(key);
            _active[key] = alert with { Summary = finding!.Summary };
            return null;
        }

        if (!_calmSince.TryGetValue(key, out var since))
        {
            _calmSince[key] = since = now;
        }

        return now - since < TimeSpan.FromSeconds(options.ResolveAfterSeconds) ? null
            : held is { } severity ? Message(AlertEvent.Eased, now, alert with { Severity = severity, Summary = finding!.Summary, ChangedAt = now })
            : Message(AlertEvent.Resolved, now, alert with { ChangedAt = now, ResolvedAt = now });
    }

    private static Severity? Worst(Finding finding, Func<Level, bool> counts)
    {
        Severity? worst = null;
        foreach (var level in finding.Levels.Where(counts))
        {
            worst = worst > level.Severity ? worst : level.Severity;
        }

        return worst;
    }

    private static AlertMessage Message(AlertEvent what, DateTimeOffset now, Alert alert) => new($"msg_{Guid.CreateVersion7(now):N}", what, now, alert);
}
