using Gateway.Api.Pipeline;
using ServiceDefaults.Usage;

namespace Gateway.Api.Metering;

/// <summary>How a request ended: what its usage event says of it.</summary>
internal readonly record struct Outcome(UsageStatus Status, int HttpStatus, string? Error = null)
{
    /// <summary>nginx's number for a caller who left before there was an answer.</summary>
    private const int ClientClosedRequest = 499;

    public static readonly Outcome Ok = new(UsageStatus.Ok, StatusCodes.Status200OK);

    public static readonly Outcome Cancelled = new(UsageStatus.Cancelled, ClientClosedRequest);

    public static readonly Outcome Bug = new(UsageStatus.Failed, StatusCodes.Status500InternalServerError, "internal_error");

    public static Outcome Refused(Refusal refusal) => new(UsageStatus.Refused, refusal.Status, refusal.Code ?? refusal.Type);

    public static Outcome Failed(Refusal failure) => new(UsageStatus.Failed, failure.Status, failure.Code ?? failure.Type);

    /// <summary>A stream whose head went out with 200 and which broke off after.</summary>
    public static Outcome BrokenOff(Refusal failure) => new(UsageStatus.Failed, StatusCodes.Status200OK, failure.Code ?? failure.Type);
}
