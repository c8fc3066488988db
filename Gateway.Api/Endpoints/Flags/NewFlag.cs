using Gateway.Api.Configuration;

namespace Gateway.Api.Endpoints.Flags;

/// <summary>What <c>PUT /admin/flags/{name}</c> takes: how the flag stands from now on, in full. Only <see cref="Enabled"/> is required.</summary>
internal sealed record NewFlag
{
    /// <summary>False: off for everybody.</summary>
    public bool? Enabled { get; init; }

    /// <summary>0 to 100: for this part of all users.</summary>
    public double? Percentage { get; init; }

    /// <summary>For these tenants.</summary>
    public IReadOnlyList<string>? Tenants { get; init; }

    /// <summary>For these users, or ids of keys that name no user.</summary>
    public IReadOnlyList<string>? Users { get; init; }

    /// <summary>RFC 3339: from then on.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>RFC 3339: until then.</summary>
    public DateTimeOffset? Until { get; init; }

    public FlagOptions ToOptions(bool enabled) => new()
    {
        Enabled = enabled,
        Percentage = Percentage,
        Tenants = Tenants ?? [],
        Users = Users ?? [],
        From = From,
        Until = Until,
    };
}
