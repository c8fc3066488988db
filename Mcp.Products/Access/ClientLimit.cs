using System.Threading.RateLimiting;
using Mcp.Products.Configuration;

namespace Mcp.Products.Access;

/// <summary>How many requests each client may make in a minute.</summary>
internal sealed class ClientLimit(ProductsOptions options) : IDisposable
{
    private const int Segments = 6;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<string> _clients = PartitionedRateLimiter.Create<string, string>(client => options.RequestsPerMinute == 0
        ? RateLimitPartition.GetNoLimiter(client)
        : RateLimitPartition.GetSlidingWindowLimiter(client, _ => new SlidingWindowRateLimiterOptions { PermitLimit = options.RequestsPerMinute, Window = Window, SegmentsPerWindow = Segments }));

    /// <summary>Null where there is room for one more, else how long until there may be.</summary>
    public TimeSpan? Take(string client)
    {
        using var lease = _clients.AttemptAcquire(client);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) && wait > TimeSpan.Zero ? wait : Window / Segments;
    }

    public void Dispose() => _clients.Dispose();
}
