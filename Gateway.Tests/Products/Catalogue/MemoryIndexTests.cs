using Mcp.Products.Catalogue;
using Mcp.Products.Catalogue.Memory;

namespace Gateway.Tests.Products.Catalogue;

public sealed class MemoryIndexTests : ProductIndexConformance
{
    private protected override Task<IProductIndex> StartAsync() => Task.FromResult<IProductIndex>(new MemoryIndex());
}
