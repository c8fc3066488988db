namespace Aws.Deployment.Configuration;

/// <summary>The demo page, and what else is on its domain.</summary>
public sealed record DemoOptions
{
    /// <summary>Whether the operator's console is beside the demo page, with what it calls: `/admin/*`, `/schema/*` and `/mcp/*` then lead to the gateway from the page's domain too, uncached, and whoever calls needs a credential of their own. Off by default; on in dev and test.</summary>
    public bool Console { get; init; }
}
