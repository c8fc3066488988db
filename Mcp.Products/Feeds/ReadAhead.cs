using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Mcp.Products.Feeds;

/// <summary>Reads a sequence some batches ahead of who takes from it, on another thread: a feed is parsed while what was parsed is indexed or written.</summary>
internal static class ReadAhead
{
    private const int BatchSize = 256;
    private const int MostBatches = 8;

    /// <summary>The same in the same order; what ends the source early ends this too.</summary>
    public static async IAsyncEnumerable<T> Of<T>(IEnumerable<T> source, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var batches = Channel.CreateBounded<List<T>>(new BoundedChannelOptions(MostBatches) { SingleReader = true, SingleWriter = true });
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = Task.Run(() => ReadAsync(source, batches.Writer, left.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellationToken))
            {
                foreach (var item in batch)
                {
                    yield return item;
                }
            }
        }
        finally
        {
            await left.CancelAsync();
            await reading;
        }
    }

    private static async Task ReadAsync<T>(IEnumerable<T> source, ChannelWriter<List<T>> batches, CancellationToken left)
    {
        try
        {
            var batch = new List<T>(BatchSize);
            foreach (var item in source)
            {
                batch.Add(item);
                if (batch.Count == BatchSize)
                {
                    await batches.WriteAsync(batch, left);
                    batch = new List<T>(BatchSize);
                }
            }

            await batches.WriteAsync(batch, left);
            batches.Complete();
        }
        catch (Exception ended)
        {
            batches.Complete(ended);
        }
    }
}
