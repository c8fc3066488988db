using System.Text.Json;
using Mcp.Products.Catalogue;

namespace Gateway.Tests.Products.Catalogue;

/// <summary>The shop's goods as a feed: a line of JSON for each.</summary>
internal sealed class GoodsFile : IDisposable
{
    public GoodsFile() => File.WriteAllLines(Path, Goods.All.Select(product => JsonSerializer.Serialize(product, CatalogueJson.Readable.Product)));

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"goods-{Guid.NewGuid():N}.jsonl");

    public void Dispose() => File.Delete(Path);
}
