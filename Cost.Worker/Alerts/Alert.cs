namespace Cost.Worker.Alerts;

/// <summary>Trouble that somebody was told of.</summary>
internal sealed record Alert
{
    /// <summary>The same from the first message to the last.</summary>
    public required string Id { get; init; }

    public required string Rule { get; init; }

    public required string Subject { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>The worst that it was.</summary>
    public required Severity Worst { get; init; }

    /// <summary>As it stood when it was last looked at and not in order.</summary>
    public required string Summary { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Since when it is as bad as it is.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>Null while it lasts.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }
}
