namespace Mcp.Products.Catalogue;

/// <summary>How a suggested search differs from the one that found nothing.</summary>
public enum SuggestionKind
{
    /// <summary>Other or fewer words.</summary>
    Query,

    /// <summary>A category that is like what was asked for.</summary>
    Category,

    /// <summary>A brand that is like what was asked for.</summary>
    Brand,

    /// <summary>One filter less.</summary>
    RelaxFilter,
}
