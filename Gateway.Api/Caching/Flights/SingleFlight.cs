using System.Collections.Concurrent;
using Gateway.Api.Caching.Semantic;
using Gateway.Api.Configuration;
using Gateway.Api.Flags;
using Gateway.Api.Pipeline;
using Gateway.Api.Providers;

namespace Gateway.Api.Caching.Flights;

/// <summary>Has identical requests that are under way share one call. What the call fails with, all of them are told: it was tried again and elsewhere already.</summary>
internal sealed class SingleFlight(LiveConfiguration configuration, FeatureFlags flags, FlightRunner runner, TimeProvider time)
{
    // Nobody follows a call whose turn comes later than its own would: a line of a batch, a lower tier's.
    private readonly ConcurrentDictionary<(CacheKey Key, int Priority), Flight> _flights = new();

    /// <summary>How many requests share a call at present, whoever began it included.</summary>
    public int Sharing => _flights.Values.Sum(flight => flight.Present);

    /// <summary>The result; or, in its place, an answer that is kept elsewhere, or to a question of the same meaning.</summary>
    public async Task<(UpstreamResult? Result, SimilarAnswer? Kept)> CallAsync(GatewayRequest request, CacheUse use)
    {
        var options = configuration.Current;
        var isShared = options.Cache.SingleFlight && !use.Refreshes && await flags.IsOnAsync(GatewayFlags.SingleFlight, request.Caller);
        var seat = Join(request, use, isShared, (use.Key, RequestPriority.Of(request, options)));
        request.Seat = seat;
        var isTaken = false;
        try
        {
            var head = await seat.Flight.Head.WaitAsync(request.Cancelled);
            if (head.Kept is { } kept)
            {
                request.Seat = null;
                return (null, kept);
            }

            (request.Target, request.Attempts) = (head.Target, head.Attempts);
            var result = head.Failure ?? await TakeAsync(request, seat, head);
            isTaken = head.Failure is null;
            return (result, null);
        }
        finally
        {
            if (!isTaken)
            {
                seat.Dispose();
            }
        }
    }

    private static async ValueTask<UpstreamResult> TakeAsync(GatewayRequest request, FlightSeat seat, FlightHead head) =>
        head.Reply is { } reply
            ? new UpstreamReply(head.Target!, reply.Body, seat, reply.Facts) { Warnings = head.Warnings }
            : (await UpstreamStream.OpenAsync(head.Target!, new FrameLogStream(seat.Flight.Frames), seat, head.Warnings, request.Cancelled)).Stream;

    private FlightSeat Join(GatewayRequest request, CacheUse use, bool isShared, (CacheKey, int) key)
    {
        while (isShared && _flights.TryGetValue(key, out var other))
        {
            if (other.TryJoin() is { } seat)
            {
                return seat;
            }

            Remove(key, other);
        }

        var flight = new Flight();
        var first = flight.TryJoin()!;
        if (isShared && !_flights.TryAdd(key, flight))
        {
            return Join(request, use, isShared, key);
        }

        _ = RunAsync(flight, CallOf(request, flight), use, key);
        return first;
    }

    private async Task RunAsync(Flight flight, GatewayRequest call, CacheUse use, (CacheKey, int) key)
    {
        await runner.RunAsync(flight, call, use);
        flight.Close();
        Remove(key, flight);
    }

    private void Remove((CacheKey, int) key, Flight flight) => _flights.TryRemove(KeyValuePair.Create(key, flight));

    // A request that outlives the one that it is made of: the same caller, body and route, and a reply that goes nowhere.
    private GatewayRequest CallOf(GatewayRequest request, Flight flight)
    {
        var http = new DefaultHttpContext { User = request.Http.User, TraceIdentifier = request.Http.TraceIdentifier, RequestAborted = flight.Abandoned };
        request.Body!.Borrow();
        var call = new GatewayRequest(http, request.Operation, request.TimeLeft > TimeSpan.Zero ? request.TimeLeft : TimeSpan.Zero, time, request.Codec)
        {
            Body = request.Body,
            IsBatch = request.IsBatch,
            Fields = request.Fields,
            Route = request.Route,
            Extensions = request.Extensions,
        };
        flight.Start(call);
        return call;
    }
}
