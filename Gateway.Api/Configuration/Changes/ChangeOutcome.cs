namespace Gateway.Api.Configuration.Changes;

/// <summary>What has become of a change: one of the records within.</summary>
internal abstract record ChangeOutcome
{
    private ChangeOutcome()
    {
    }

    /// <summary>It is kept, and in force.</summary>
    internal sealed record Made(ConfigurationVersion Version, ConfigurationDifference Difference) : ChangeOutcome;

    /// <summary>It would hold, and was only asked about.</summary>
    internal sealed record Checked(long Version, ConfigurationDifference Difference) : ChangeOutcome;

    /// <summary>It does not hold.</summary>
    internal sealed record Refused(IReadOnlyList<string> Faults) : ChangeOutcome;

    /// <summary>Somebody else has made one meanwhile.</summary>
    internal sealed record Conflict(long Version) : ChangeOutcome;

    /// <summary>There is none, or none any more, to be put back.</summary>
    internal sealed record NoSuchVersion(long Version) : ChangeOutcome;
}
