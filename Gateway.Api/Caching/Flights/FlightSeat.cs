using Gateway.Api.Pipeline;

namespace Gateway.Api.Caching.Flights;

/// <summary>One request's part in a flight; it leaves when disposed.</summary>
internal sealed class FlightSeat(Flight flight) : IDisposable
{
    private int _hasLeft;

    public Flight Flight => flight;

    public bool IsPayer => flight.IsPayer(this);

    /// <summary>Whether this request pays for the call. Where it does, its target and what has passed are the call's.</summary>
    public bool Pays(GatewayRequest request, bool isComplete) => flight.Settle(this, request, isComplete);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _hasLeft, 1) == 0)
        {
            flight.Leave();
        }
    }
}
