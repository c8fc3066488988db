using ServiceDefaults.Usage;

namespace Cost.Worker.Traffic.Series;

/// <summary>What traffic is split by.</summary>
/// <param name="Name">As it is asked for.</param>
/// <param name="Of">The group that a request belongs to; null where it has none.</param>
internal sealed record TrafficDimension(string Name, Func<UsageEvent, string?> Of)
{
    public static readonly IReadOnlyList<TrafficDimension> All =
    [
        new("alias", one => one.Alias),
        new("target", TargetOf),
        new("tenant", one => one.Tenant),
    ];

    public static string Allowed { get; } = string.Join(", ", All.Select(dimension => dimension.Name));

    /// <summary><c>provider/model</c>; null where none was called.</summary>
    public static string? TargetOf(UsageEvent one) => one.Provider is null ? null : one.Model is null ? one.Provider : $"{one.Provider}/{one.Model}";
}
