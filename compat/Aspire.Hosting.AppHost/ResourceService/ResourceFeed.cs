using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.ResourceService;

/// <summary>The resources as they are, then what has changed since the last look: whoever looks seldom sees the latest state, and costs no more.</summary>
internal sealed class ResourceFeed(ResourceNotificationService notifications, ResourceMessages messages)
{
    public async IAsyncEnumerable<IReadOnlyList<Messages.Resource>> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var latest = new Dictionary<string, ResourceEvent>(StringComparer.Ordinal);
        var changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // The states as they are come at once: they are all there when this returns.
        var pump = PumpAsync(latest, changed.Writer, watching.Token);
        try
        {
            do
            {
                changed.Reader.TryRead(out _);
                yield return Take(latest);
            }
            while (await changed.Reader.WaitToReadAsync(cancellationToken));
        }
        finally
        {
            await watching.CancelAsync();
            await pump.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task PumpAsync(Dictionary<string, ResourceEvent> latest, ChannelWriter<bool> changed, CancellationToken cancellationToken)
    {
        await foreach (var change in notifications.WatchAsync(cancellationToken))
        {
            lock (latest)
            {
                latest[change.ResourceId] = change;
            }

            changed.TryWrite(true);
        }
    }

    private List<Messages.Resource> Take(Dictionary<string, ResourceEvent> latest)
    {
        lock (latest)
        {
            var taken = latest.Values.Select(messages.From).ToList();
            latest.Clear();
            return taken;
        }
    }
}
