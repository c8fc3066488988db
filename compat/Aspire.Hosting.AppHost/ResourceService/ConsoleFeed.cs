using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;

namespace Aspire.Hosting.ResourceService;

/// <summary>What a resource has written, then what it writes. A reader that falls behind misses the oldest lines, as their numbers tell.</summary>
internal sealed class ConsoleFeed(ResourceLoggerService loggers, ResourceNotificationService notifications, SecretValues secrets)
{
    private const int MaxLinesBehind = 10_000;
    private const int MaxLinesAtOnce = 500;

    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(
        string resourceId, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var log = LogOf(resourceId);
        var lines = Channel.CreateBounded<LogLine>(new BoundedChannelOptions(MaxLinesBehind) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        foreach (var line in log.Watch(lines.Writer))
        {
            lines.Writer.TryWrite(line);
        }

        try
        {
            if (!follow)
            {
                lines.Writer.TryComplete();
            }

            while (await lines.Reader.WaitToReadAsync(cancellationToken))
            {
                var batch = new List<LogLine>();
                while (batch.Count < MaxLinesAtOnce && lines.Reader.TryRead(out var line))
                {
                    batch.Add(line with { Content = secrets.Mask(line.Content) });
                }

                yield return batch;
            }
        }
        finally
        {
            log.Unwatch(lines.Writer);
        }
    }

    // One of several replicas writes under its id, a single one under the resource's name.
    private ResourceLog LogOf(string resourceId)
        => loggers.LogOf(notifications.TryGetCurrentState(resourceId, out var state) && state.Resource.GetReplicaCount() == 1 ? state.Resource.Name : resourceId);
}
