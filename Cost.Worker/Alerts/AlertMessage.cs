using ServiceDefaults.Redaction;

namespace Cost.Worker.Alerts;

/// <summary>What somebody is told: that an alert began, grew worse, eased or ended.</summary>
/// <param name="Id">The same however often it is delivered.</param>
internal sealed record AlertMessage(string Id, AlertEvent Event, DateTimeOffset At, Alert Alert)
{
    private const int LongestTitle = 100;

    /// <summary>The same as it may leave the worker: tenants, users, targets and providers' words may hold anything.</summary>
    public AlertMessage Masked() => this with { Alert = Alert with { Subject = Redactor.Mask(Alert.Subject), Summary = Redactor.Mask(Alert.Summary) } };

    /// <summary>One line: <c>[critical] error_rate phi-3-mini</c>, or what became of it in place of the severity.</summary>
    public string Title()
    {
        var state = Event == AlertEvent.Resolved ? "resolved" : SeverityText();
        var title = string.Concat($"[{state}] {Alert.Rule} {Alert.Subject}".Select(letter => char.IsControl(letter) ? ' ' : letter));
        return title.Length <= LongestTitle ? title : title[..LongestTitle];
    }

    public string Text() => Event switch
    {
        AlertEvent.Resolved => $"{Alert.Summary} It is over since {Alert.ResolvedAt:u}; it had begun at {Alert.StartedAt:u}.",
        _ => $"{Alert.Summary} Since {Alert.StartedAt:u}.",
    };

    public string SeverityText() => Alert.Severity.ToString().ToLowerInvariant();
}
