namespace Cost.Worker.Traffic;

/// <summary>Whose and for which alias a request's spend is.</summary>
internal readonly record struct Spender(string? Tenant, string? Alias, string? Key, string? User);
