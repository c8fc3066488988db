using System.ComponentModel.DataAnnotations;

namespace Aws.Deployment.Configuration;

/// <summary>The cost worker, which takes usage in and keeps the ledger.</summary>
public sealed record CostOptions
{
    /// <summary><c>service</c> (the default): it always runs. <c>schedule</c>: it runs for <see cref="MinutesPerHour"/> at the beginning of each hour; usage waits in Valkey meanwhile, and reports are up to an hour old.</summary>
    public string Mode { get; init; } = CostModes.Service;

    /// <summary>How long it runs in each hour where it is scheduled, in minutes. 5 to 55; 10 by default.</summary>
    [Range(5, 55)]
    public int MinutesPerHour { get; init; } = 10;
}
