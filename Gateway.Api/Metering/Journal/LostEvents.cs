using System.Text;
using System.Text.Json;
using ServiceDefaults.Usage;

namespace Gateway.Api.Metering.Journal;

/// <summary>The last resort for an event that can be kept nowhere: the log gets all of it, so that it can be booked by hand.</summary>
internal sealed partial class LostEvents(JournalMetrics metrics, ILogger<LostEvents> logger)
{
    /// <summary>An event that has no number yet.</summary>
    public void Add(UsageEvent usage) => Add(JsonSerializer.SerializeToUtf8Bytes(usage, UsageJson.Default.UsageEvent));

    /// <summary>The events of a group that come after a number.</summary>
    public void Add(EventGroup group, long after)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        group.CopyTo(lines, after, int.MaxValue);
        foreach (var line in lines)
        {
            Add(line.Span);
        }
    }

    private void Add(ReadOnlySpan<byte> json)
    {
        metrics.Lost();
        LogLost(Encoding.UTF8.GetString(json));
    }

    [LoggerMessage(LogLevel.Error, "A usage event can be kept nowhere, neither on disk nor in memory; this is all of it: {Event}")]
    private partial void LogLost(string @event);
}
