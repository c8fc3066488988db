using System.ComponentModel.DataAnnotations;

namespace Gateway.Api.Configuration;

/// <summary>
/// For whom an optional stage is switched on. Where neither a percentage nor tenants nor users are stated it is everybody; else it is
/// whoever is among the tenants, or among the users, or in the percentage.
/// </summary>
public sealed record FlagOptions
{
    /// <summary>False switches the stage off for everybody, whatever else is stated. On by default.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>The part of all users for whom the stage is on; a user, or a key without one, stays in or out. 0 to 100.</summary>
    [Range(0, 100)]
    public double? Percentage { get; init; }

    /// <summary>Tenants for whom the stage is on.</summary>
    public IReadOnlyList<string> Tenants { get; init; } = [];

    /// <summary>Users for whom the stage is on: a key's user, or the key's id where it names none.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>From when on, such as <c>2026-12-01T08:00:00Z</c>; before it the stage is off.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Until when; from then on the stage is off.</summary>
    public DateTimeOffset? Until { get; init; }

    internal bool HasAudience => Percentage is not null || Tenants.Count > 0 || Users.Count > 0;

    internal bool HasWindow => From is not null || Until is not null;
}
