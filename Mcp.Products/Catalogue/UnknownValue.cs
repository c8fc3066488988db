namespace Mcp.Products.Catalogue;

/// <summary>A filter's value that no product has.</summary>
/// <param name="Filter"><c>categories</c>, <c>brands</c>, <c>specifications</c> or, where the name is known, <c>specifications.&lt;name&gt;</c>.</param>
/// <param name="Value">As it was asked for.</param>
/// <param name="Near">Values there are, the likest first.</param>
public sealed record UnknownValue(string Filter, string Value, IReadOnlyList<string> Near);
