namespace Gateway.Api.Metering.Journal;

/// <summary>The journal of a gateway whose disk does not outlive it: events are in Redis before their replies end.</summary>
internal sealed class MemoryJournalService(
    UsageDelivery delivery, LostEvents lost, JournalMetrics metrics, JournalSettings settings, TimeProvider time) : JournalService(delivery, metrics, settings, time)
{
    private MemorySource _source = null!;

    // A caller waits.
    protected override TimeSpan BatchTime => TimeSpan.Zero;

    protected override long Bytes => Gatherer.HeldBytes;

    protected override Task OpenAsync(CancellationToken cancellationToken)
    {
        Gatherer = new EventGatherer(JournalFolder.NewId(), 0, Settings.MaxMemoryBytes, lost) { Began = Delivery.Wake };
        _source = new MemorySource(Gatherer, Settings.MaxMemoryBytes);
        Delivery.Add(_source);
        return Task.CompletedTask;
    }

    protected override Task CloseAsync()
    {
        Gatherer.Close();
        return Task.CompletedTask;
    }

    protected override void End() => _source.Lose(lost);
}
