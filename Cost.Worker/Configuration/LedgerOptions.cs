namespace Cost.Worker.Configuration;

/// <summary>Section <c>Ledger</c>.</summary>
internal sealed record LedgerOptions
{
    public const string Section = "Ledger";

    /// <summary><c>Files</c> (the default): below <c>Data:Directory</c>. <c>DynamoDB</c>: in <see cref="Table"/>.</summary>
    public string Store { get; init; } = nameof(LedgerStore.Files);

    /// <summary>The DynamoDB table; made where it is not there.</summary>
    public string? Table { get; init; }

    /// <summary>Where DynamoDB is reached instead of at AWS, such as <c>http://localhost:4567</c>.</summary>
    public string? ServiceUrl { get; init; }

    public bool UsesFiles => string.Equals(Store, nameof(LedgerStore.Files), StringComparison.OrdinalIgnoreCase);
}
