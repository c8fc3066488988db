using System.Text;
using ServiceDefaults.Usage;

namespace Gateway.Api.Tools.Calls;

/// <summary>One of the calls of a model that a request leads to.</summary>
/// <param name="number">From 1.</param>
internal sealed class Round(int number)
{
    public int Number => number;

    /// <summary>The calls that the gateway made for its answer.</summary>
    public IReadOnlyList<FinishedCall> Calls { get; set; } = [];

    /// <summary>The search that was made before it; null where none was.</summary>
    public ToolCallUsage? Search { get; init; }

    /// <summary>The same as the ledger keeps them; null where there are none.</summary>
    public IReadOnlyList<ToolCallUsage>? Usage() => Calls.Count == 0 && Search is null ? null : [.. new[] { Search }.OfType<ToolCallUsage>(), .. Calls.Select(UsageOf)];

    private static ToolCallUsage UsageOf(FinishedCall call) => new()
    {
        Server = call.Call.Tool?.Server.Name,
        Tool = call.Call.Tool?.Tool.Name,
        DurationMicroseconds = call.Duration.Ticks / TimeSpan.TicksPerMicrosecond,
        ResultBytes = Encoding.UTF8.GetByteCount(call.Text),
        Failed = call.Error is not null,
    };
}
