using ServiceDefaults.Usage;

namespace Gateway.Api.Metering;

internal sealed class UsageJournal
{
    public event Action<UsageEvent>? Appended;
    public ValueTask AppendAsync(UsageEvent usage) { Appended?.Invoke(usage); return ValueTask.CompletedTask; }
}
