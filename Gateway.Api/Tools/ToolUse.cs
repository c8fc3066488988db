using Gateway.Api.Tools.Calls;
using Gateway.Api.Tools.Offers;

namespace Gateway.Api.Tools;

/// <summary>What the gateway does for a request beside calling its model: tools that it offers and calls, and product data that it found.</summary>
internal sealed class ToolUse
{
    /// <summary>The tools of MCP servers that the model is offered.</summary>
    public IReadOnlyList<OfferedTool> Offered { get; init; } = [];

    /// <summary>The functions of the caller's own, whose calls go back to it.</summary>
    public IReadOnlyCollection<string> Functions { get; init; } = [];

    /// <summary>What was called and found so far.</summary>
    public ToolActivity Activity { get; init; } = new();

    /// <summary>Whether there are calls for the gateway to look after.</summary>
    public bool HasTools => Offered.Count > 0;

    public OfferedTool? Find(string function) => Offered.FirstOrDefault(tool => tool.Function == function);
}
