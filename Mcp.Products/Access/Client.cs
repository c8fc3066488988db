namespace Mcp.Products.Access;

/// <summary>Who asks, as the gateway knows the key.</summary>
internal sealed record Client(string Id, string Name, string Tenant);
