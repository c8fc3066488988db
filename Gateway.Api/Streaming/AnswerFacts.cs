namespace Gateway.Api.Streaming;

/// <summary>What the gateway sees in an answer, or in a chunk of one.</summary>
internal struct AnswerFacts
{
    /// <summary>It carries an <c>error</c>.</summary>
    public bool IsError { get; set; }

    /// <summary>How many choices have their finish reason in it.</summary>
    public int Finishes { get; set; }

    /// <summary>Whether a choice ended before the model was done: at the limit of tokens, by a filter, or for a reason not known here.</summary>
    public bool IsCutShort { get; set; }

    /// <summary>Whether a choice ended to have a tool called.</summary>
    public bool WaitsForTools { get; set; }

    /// <summary>Whether <c>choices</c> holds any.</summary>
    public bool HasChoices { get; set; }

    /// <summary>How many bytes of text it holds that a model made: content, reasoning, refusals, arguments of tool calls.</summary>
    public int OutputBytes { get; set; }

    /// <summary>How many tool calls begin in it.</summary>
    public int ToolCalls { get; set; }

    /// <summary>What it says of tokens, where it does.</summary>
    public ReportedUsage? Usage { get; set; }

    /// <summary>Where a member <c>"usage":null</c> stands, with the comma that goes with it; null where there is none. Every chunk has one of a stream that was asked for its usage.</summary>
    public Range? EmptyUsage { get; set; }

    /// <summary>The provider's service tier, where it names one.</summary>
    public string? ServiceTier { get; set; }
}
