using System.Collections.Concurrent;
using System.Net;
using Gateway.Api.Configuration;
using Gateway.Api.Pipeline;
using Microsoft.AspNetCore.Authorization;

namespace Gateway.Api.Limits;

/// <summary>
/// How many requests one client address may make in a minute, whatever keys it tries: counted before the key is looked at, and by this process
/// alone. The open routes, which load balancers ask, are not counted.
/// </summary>
internal sealed class ClientAddressLimit(RequestDelegate next, LiveConfiguration configuration, ClientAddresses addresses, LimitMetrics metrics, TimeProvider time)
{
    private const int MostAddresses = 100_000;

    private ConcurrentDictionary<IPAddress, SlidingWindow> _windows = new();
    private int _known;

    public Task InvokeAsync(HttpContext http)
    {
        var limit = configuration.Current.Limits.RequestsPerMinutePerIp;
        if (limit == 0 || http.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return next(http);
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (Take(WindowOf(addresses.Of(http)), limit, now) is not { } wait)
        {
            return next(http);
        }

        metrics.Refused("ClientAddress");
        LimitHeaders.WriteRequests(http.Response.Headers, limit, remaining: 0, wait);
        return OpenAIErrors.WriteAsync(http, LimitRefusals.RateLimit("requests", $"Rate limit reached for this client address: {limit} requests per minute.", wait));
    }

    // Null where there is room for one more, else how long until there is.
    private static TimeSpan? Take(SlidingWindow window, int limit, long now)
    {
        lock (window)
        {
            window.MoveTo(now);
            if (window.Used >= limit)
            {
                return TimeSpan.FromMilliseconds(window.UntilLeft(window.Used + 1 - limit, now));
            }

            window.Add(now, 1);
            return null;
        }
    }

    // Whoever has so many addresses is not stopped by counting them; what counts then is that memory is bounded.
    private SlidingWindow WindowOf(IPAddress address)
    {
        if (_windows.TryGetValue(address, out var window))
        {
            return window;
        }

        if (Interlocked.Increment(ref _known) > MostAddresses)
        {
            (_windows, _known) = (new ConcurrentDictionary<IPAddress, SlidingWindow>(), 0);
        }

        return _windows.GetOrAdd(address, static _ => new SlidingWindow());
    }
}
