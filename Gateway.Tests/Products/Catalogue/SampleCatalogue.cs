using Mcp.Products.Catalogue;
using Mcp.Products.Catalogue.Memory;
using Mcp.Products.Configuration;
using Xunit;

namespace Gateway.Tests.Products.Catalogue;

/// <summary>The catalogue that ships, indexed once.</summary>
public sealed class SampleCatalogue : IAsyncLifetime
{
    internal IReadOnlyList<Product> Products { get; private set; } = [];

    internal IReadOnlyList<string> Faults { get; private set; } = [];

    internal MemoryIndex Index { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var faults = new List<string>();
        Products = [.. CatalogueSource.Of(new CatalogueOptions(), Path.Combine(Path.GetTempPath(), "nothing-was-imported-here")).Read(fault => faults.Add(fault.Reason))];
        Faults = faults;
        await Index.ReplaceAsync(Products.ToAsyncEnumerable(), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Index.DisposeAsync();
}
