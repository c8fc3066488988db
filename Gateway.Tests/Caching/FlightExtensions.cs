using Gateway.Api.Caching.Flights;
using Gateway.Tests.Hosts;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gateway.Tests.Caching;

internal static class FlightExtensions
{
    /// <summary>Ends when so many requests share calls.</summary>
    public static async Task SharedByAsync(this GatewayHost gateway, int requests)
    {
        var flights = gateway.Services.GetRequiredService<SingleFlight>();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (flights.Sharing < requests)
        {
            await tick.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
