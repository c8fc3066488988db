using Gateway.Api.Configuration;

namespace Gateway.Api.Routing;

/// <summary>The time limits that hold for an alias: its own where it has some, else the gateway's.</summary>
/// <param name="Request">The whole of a reply, or the wait for the first byte of a stream.</param>
/// <param name="FirstToken">How long a target may take to a stream's first token while another one is left.</param>
/// <param name="StreamIdle">How long a stream that has begun may be silent.</param>
/// <param name="FallbackReserve">What an attempt leaves of the whole time while another target is left.</param>
/// <param name="MaxRetryAfter">The longest pause worth waiting for.</param>
/// <param name="Retries">How often the same target is tried again.</param>
internal sealed record RouteLimits(TimeSpan Request, TimeSpan FirstToken, TimeSpan StreamIdle, TimeSpan FallbackReserve, TimeSpan MaxRetryAfter, int Retries)
{
    private const double UsualSeconds = 10;

    public static RouteLimits Of(LimitsOptions limits, ModelOptions model)
    {
        var request = model.RequestTimeoutSeconds ?? limits.RequestTimeoutSeconds;
        var usual = Math.Min(UsualSeconds, request / 3);
        return new RouteLimits(
            TimeSpan.FromSeconds(request),
            TimeSpan.FromSeconds(model.FirstTokenTimeoutSeconds ?? limits.FirstTokenTimeoutSeconds ?? usual),
            TimeSpan.FromSeconds(model.StreamIdleTimeoutSeconds ?? limits.StreamIdleTimeoutSeconds),
            TimeSpan.FromSeconds(model.FallbackReserveSeconds ?? limits.FallbackReserveSeconds ?? usual),
            TimeSpan.FromSeconds(limits.MaxRetryAfterSeconds),
            limits.Retries);
    }
}
