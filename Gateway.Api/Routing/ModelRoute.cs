namespace Gateway.Api.Routing;

/// <summary>A model alias with its usable targets, in the order in which they are tried.</summary>
internal sealed record ModelRoute(string Alias, IReadOnlyList<Target> Targets);
