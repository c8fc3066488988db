using System.Text.Json;

namespace Cost.Worker.Traffic.Series;

/// <summary>A figure of traffic.</summary>
/// <param name="Name">As in JSON and CSV.</param>
/// <param name="Of">Its value; null where there is none.</param>
internal sealed record TrafficMeasure(string Name, Func<ShownCell, double?> Of)
{
    public static readonly IReadOnlyList<TrafficMeasure> Counts = [new("requests", cell => cell.Requests), new("failed", cell => cell.Failed)];

    public static readonly IReadOnlyList<TrafficMeasure> Errors = [.. ErrorKinds.Names.Select((name, kind) => new TrafficMeasure(name, cell => cell.Errors[kind]))];

    public static readonly IReadOnlyList<TrafficMeasure> Others =
    [
        new("p50_ms", cell => cell.P50), new("p95_ms", cell => cell.P95), new("p99_ms", cell => cell.P99),
        new("first_token_p50_ms", cell => cell.FirstTokenP50), new("first_token_p95_ms", cell => cell.FirstTokenP95), new("first_token_p99_ms", cell => cell.FirstTokenP99),
        new("input_tokens", cell => cell.InputTokens), new("output_tokens", cell => cell.OutputTokens), new("cost_usd", cell => (double)cell.CostUsd),
    ];

    private const int PlacesOfMilliseconds = 3;
    private const int PlacesOfMoney = 9;

    public decimal? Rounded(ShownCell cell) =>
        Of(cell) is { } value ? Math.Round((decimal)value, Name.EndsWith("_ms", StringComparison.Ordinal) ? PlacesOfMilliseconds : PlacesOfMoney) : null;

    public void Write(Utf8JsonWriter json, ShownCell cell)
    {
        if (Rounded(cell) is { } value)
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}
