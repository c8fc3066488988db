namespace Mcp.Products.Configuration;

/// <summary>Who is served over HTTP.</summary>
internal enum AccessMode
{
    Keys,
    Open,
}
