namespace Mcp.Products.Configuration;

/// <summary>Section <c>Catalogue</c>.</summary>
internal sealed record CatalogueOptions
{
    public const string Section = "Catalogue";

    /// <summary><c>Memory</c> (the default): in this process, from a file. <c>PostgreSQL</c>: in a database, which several processes may share.</summary>
    public string Store { get; init; } = nameof(CatalogueStore.Memory);

    /// <summary>A feed to serve in place of what was imported; read again when it changes. Default: what was imported, and before anything was, the sample catalogue.</summary>
    public string? File { get; init; }

    /// <summary>The format of <see cref="File"/>: <c>jsonl</c>, <c>merchant-tsv</c>, <c>merchant-xml</c>, <c>acp</c> or <c>csv</c>. Default: by the name's ending.</summary>
    public string? Format { get; init; }

    /// <summary>How often is looked whether the file has changed, in seconds: 1 to 3,600, 2 by default.</summary>
    public int ReloadSeconds { get; init; } = 2;

    /// <summary>The PostgreSQL database (15 or newer) as Npgsql has it, such as <c>Host=db;Database=products;Username=gateway</c>.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The database's password, as a reference: <c>env:NAME</c>. Not needed where the connection string, or the server, does without.</summary>
    public string? Password { get; init; }

    public bool UsesMemory => string.Equals(Store, nameof(CatalogueStore.Memory), StringComparison.OrdinalIgnoreCase);
}
