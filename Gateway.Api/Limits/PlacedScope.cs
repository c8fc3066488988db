namespace Gateway.Api.Limits;

/// <summary>A scope, and the place that its state is in.</summary>
internal readonly record struct PlacedScope(string Place, Scope Scope);
