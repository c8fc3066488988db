namespace Demo.Web.Configuration;

/// <summary>Section <c>Demo</c>: what visitors are shown, and whose account they are on.</summary>
internal sealed record DemoOptions
{
    public const string Section = "Demo";

    /// <summary>The gateway's tier that the demo key is made in, which bounds all visitors together. Default: <c>demo</c>.</summary>
    public string Tier { get; init; } = "demo";

    /// <summary>The tenant that visitors' usage is booked under. Default: <c>demo</c>.</summary>
    public string Tenant { get; init; } = "demo";

    /// <summary>The folder with the built pages. Default: <c>client</c> beside the program. Where it holds no <c>index.html</c>, a plain page is served.</summary>
    public string? Client { get; init; }

    /// <summary>
    /// Where the console leads to for a trace: an http or https address with <c>{trace_id}</c> in it, such as
    /// <c>http://localhost:18888/traces/detail/{trace_id}</c>. None by default; trace ids are then shown without a link.
    /// </summary>
    public string? TraceUrl { get; init; }

    public string ClientFolder => Path.GetFullPath(Client ?? "client", AppContext.BaseDirectory);
}
