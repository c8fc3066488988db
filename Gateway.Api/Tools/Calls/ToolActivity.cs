using System.Text.Json;
using Gateway.Api.Tools.Products;
using ServiceDefaults.Usage;

namespace Gateway.Api.Tools.Calls;

/// <summary>The calls of tools that were made for a request, and the products that they found: what a caller is told who asks for details.</summary>
internal sealed class ToolActivity
{
    private const int MostProducts = 20;

    private readonly List<FinishedCall> _calls = [];
    private readonly List<FoundProduct> _products = [];

    /// <summary>How often the model was called.</summary>
    public int Rounds { get; set; }

    /// <summary>The bound at which it was left to answer with what it had; null where there was none.</summary>
    public string? Stopped { get; set; }

    public IReadOnlyList<FinishedCall> Calls => _calls;

    /// <summary>The search that was made before the model was called, as the ledger keeps it; null where none was.</summary>
    public ToolCallUsage? Search { get; set; }

    public void Add(FinishedCall call)
    {
        _calls.Add(call);
        Add(call.Products);
    }

    public void Add(IEnumerable<FoundProduct> products) =>
        _products.AddRange(products.Where(product => !_products.Exists(known => known.Id == product.Id)).Take(MostProducts - _products.Count));

    /// <summary>Writes its members into the object that is open: <c>"rounds":2,"tool_calls":[…],"products":[…]</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        if (Rounds > 0)
        {
            json.WriteNumber("rounds", Rounds);
        }

        if (Stopped is not null)
        {
            json.WriteString("stopped", Stopped);
        }

        json.WriteStartArray("tool_calls");
        _calls.ForEach(call => call.Write(json));
        json.WriteEndArray();
        json.WriteStartArray("products");
        _products.ForEach(product => product.Write(json));
        json.WriteEndArray();
    }
}
