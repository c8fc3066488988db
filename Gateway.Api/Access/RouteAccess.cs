namespace Gateway.Api.Access;

/// <summary>An <see cref="AccessRule"/> as metadata of a route.</summary>
internal sealed record RouteAccess(AccessRule Rule);
