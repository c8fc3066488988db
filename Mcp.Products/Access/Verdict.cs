namespace Mcp.Products.Access;

/// <summary>What came of looking at a key: whose it is, or why nobody is served with it.</summary>
internal sealed record Verdict(Client? Client, int Status, string? Reason)
{
    public static readonly Verdict GatewayAway = Refused(StatusCodes.Status503ServiceUnavailable, "The gateway, which knows the keys, does not answer at present. Try again in a moment.");

    public static Verdict Known(Client client) => new(client, StatusCodes.Status200OK, Reason: null);

    public static Verdict Refused(int status, string reason) => new(Client: null, status, reason);
}
