namespace Gateway.Api.Providers.Bedrock.Models;

/// <summary>What is particular to a model behind Converse. The defaults are what a model unknown to <see cref="QuirkTable"/> gets.</summary>
internal sealed record ModelQuirks
{
    /// <summary>A higher temperature is lowered to it; null: the model's own affair.</summary>
    public double? MaxTemperature { get; init; }

    /// <summary>Refuses temperature and topP together; topP is dropped.</summary>
    public bool RefusesTemperatureWithTopP { get; init; }

    /// <summary>Refuses a conversation that ends with the assistant's own words.</summary>
    public bool RefusesPrefill { get; init; }

    /// <summary>Whether converse-stream takes tools; else converse is called and the stream is made from its reply.</summary>
    public bool StreamsToolCalls { get; init; } = true;

    /// <summary>Takes <c>cachePoint</c> blocks.</summary>
    public bool HasCachePoints { get; init; }

    /// <summary>Takes <c>outputConfig.textFormat</c>; else a forced tool stands in for it.</summary>
    public bool HasStructuredOutput { get; init; }

    /// <summary>Takes Anthropic's <c>disable_parallel_tool_use</c>.</summary>
    public bool HasParallelToolSwitch { get; init; }

    /// <summary>Takes the <c>status</c> of a tool's result.</summary>
    public bool HasResultStatus { get; init; }

    public ForcedTools ForcedTools { get; init; } = ForcedTools.AnyOrNamed;

    public ReasoningStyle Reasoning { get; init; }

    /// <summary>Takes topK inside <c>inferenceConfig</c> of its additional fields, and not as <c>top_k</c>.</summary>
    public bool HasNestedTopK { get; init; }

    public EmbeddingDialect Embedding { get; init; }
}
