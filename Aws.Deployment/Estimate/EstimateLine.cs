namespace Aws.Deployment.Estimate;

/// <summary>What one resource is billed for in a month, for one reason.</summary>
internal sealed record EstimateLine
{
    public required string Stack { get; init; }

    /// <summary>The resource's logical id.</summary>
    public required string Resource { get; init; }

    /// <summary>Such as <c>AWS::Lambda::Function</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What is billed, in words.</summary>
    public required string Item { get; init; }

    public required string Unit { get; init; }

    public required Scenarios Quantity { get; init; }

    /// <summary>US dollars a unit.</summary>
    public required decimal UnitPrice { get; init; }

    /// <summary>The region that the price is of: another than the environment's where that one's is unknown.</summary>
    public required string PriceRegion { get; init; }

    /// <summary>Whether the price was compared with AWS's own on the day of the prices.</summary>
    public required bool IsPriceChecked { get; init; }

    /// <summary>US dollars a month.</summary>
    public Scenarios Usd => Quantity * UnitPrice;
}
