namespace Gateway.Api.Configuration;

/// <summary>What a <see cref="CostRule"/> does.</summary>
public enum CostAction
{
    /// <summary>Fewer requests a minute.</summary>
    Slow,

    /// <summary>Shorter answers.</summary>
    CapOutput,

    /// <summary>Another alias answers.</summary>
    Reroute,

    /// <summary>429.</summary>
    Refuse,
}
