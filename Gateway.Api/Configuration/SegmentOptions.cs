using System.ComponentModel.DataAnnotations;

namespace Gateway.Api.Configuration;

/// <summary>A part of the callers: those who are in every list that is stated, and in the percentage.</summary>
public sealed record SegmentOptions
{
    /// <summary>Only these tenants; none means all.</summary>
    public IReadOnlyList<string> Tenants { get; init; } = [];

    /// <summary>Only these users, or ids of keys that name no user; none means all.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Only keys of these tiers; none means all.</summary>
    public IReadOnlyList<string> Tiers { get; init; } = [];

    /// <summary>Only this part of the users, or of the keys that name no user; each stays in it or out of it. 0 to 100; 100 by default.</summary>
    [Range(0, 100)]
    public double Percentage { get; init; } = 100;
}
