namespace Gateway.Api.Access;

internal static class Roles
{
    /// <summary>May call models.</summary>
    public const string Caller = "caller";

    /// <summary>May administer the gateway, and nothing else.</summary>
    public const string Administrator = "administrator";
}
