namespace Gateway.Api.Configuration;

internal static class RoutingPolicies
{
    public const string Priority = "Priority";

    public static readonly string[] All = [Priority];
}
