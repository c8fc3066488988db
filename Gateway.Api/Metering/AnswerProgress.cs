using Gateway.Api.Streaming;

namespace Gateway.Api.Metering;

/// <summary>What has passed of an answer so far.</summary>
internal struct AnswerProgress
{
    /// <summary>The last word of the provider on tokens.</summary>
    public ReportedUsage? Usage { get; private set; }

    public long OutputBytes { get; private set; }

    public int ToolCalls { get; private set; }

    public string? ServiceTier { get; private set; }

    public void Add(in AnswerFacts facts)
    {
        Usage = facts.Usage ?? Usage;
        OutputBytes += facts.OutputBytes;
        ToolCalls += facts.ToolCalls;
        ServiceTier = facts.ServiceTier ?? ServiceTier;
    }
}
