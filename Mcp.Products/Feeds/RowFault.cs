namespace Mcp.Products.Feeds;

/// <summary>A row that was left out, and why.</summary>
internal readonly record struct RowFault(long Line, string Reason);
