namespace Gateway.Api.Providers.Bedrock.Models;

/// <summary>
/// Every model's quirks in one table, by the beginning of its id; the longest that fits counts. A model newer than the table gets the
/// row of its family, which says what its newest members want.
/// Sources: https://docs.aws.amazon.com/bedrock/latest/userguide/conversation-inference-supported-models-features.html,
/// https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html.
/// </summary>
internal static class QuirkTable
{
    private static readonly ModelQuirks Unknown = new();

    private static readonly ModelQuirks OldClaude = new() { MaxTemperature = 1, HasParallelToolSwitch = true, HasResultStatus = true };
    private static readonly ModelQuirks ThinkingClaude = OldClaude with { HasCachePoints = true, Reasoning = ReasoningStyle.Claude };
    private static readonly ModelQuirks Claude41 = ThinkingClaude with { RefusesTemperatureWithTopP = true };
    private static readonly ModelQuirks Claude45 = Claude41 with { HasStructuredOutput = true };
    private static readonly ModelQuirks NewClaude = Claude45 with { RefusesPrefill = true };

    private static readonly ModelQuirks Nova = new() { HasCachePoints = true, HasNestedTopK = true, HasResultStatus = true };

    private static readonly (string Prefix, ModelQuirks Quirks)[] Rows =
    [
        ("anthropic.claude-", NewClaude),
        ("anthropic.claude-opus-4-5", Claude45),
        ("anthropic.claude-sonnet-4-5", Claude45),
        ("anthropic.claude-haiku-4-5", Claude45),
        ("anthropic.claude-opus-4-1", Claude41),
        ("anthropic.claude-opus-4-20", ThinkingClaude),
        ("anthropic.claude-sonnet-4-20", ThinkingClaude),
        ("anthropic.claude-3-7", ThinkingClaude),
        ("anthropic.claude-3-", OldClaude),
        ("anthropic.claude-3-5-haiku", OldClaude with { HasCachePoints = true }),
        ("anthropic.claude-3-5-sonnet-20241022", OldClaude with { HasCachePoints = true }),
        ("anthropic.claude-v2", OldClaude),
        ("anthropic.claude-instant", OldClaude),
        ("amazon.nova-", Nova),
        ("amazon.nova-2-", Nova with { Reasoning = ReasoningStyle.Nova }),
        ("openai.gpt-oss", new() { HasStructuredOutput = true, Reasoning = ReasoningStyle.GptOss }),
        ("meta.llama", new() { StreamsToolCalls = false, ForcedTools = ForcedTools.None }),
        ("mistral.", new() { ForcedTools = ForcedTools.Any }),
        ("cohere.command", new() { ForcedTools = ForcedTools.None }),
        ("ai21.jamba", new() { ForcedTools = ForcedTools.None }),
        ("qwen.", new() { HasStructuredOutput = true }),
        ("deepseek.v3", new() { HasStructuredOutput = true }),
        ("amazon.titan-embed-text-v1", new() { Embedding = EmbeddingDialect.TitanV1 }),
        ("amazon.titan-embed-g1", new() { Embedding = EmbeddingDialect.TitanV1 }),
        ("cohere.embed-", new() { Embedding = EmbeddingDialect.Cohere }),
        ("cohere.embed-v4", new() { Embedding = EmbeddingDialect.CohereV4 }),
    ];

    // Inference profiles put where they route to in front: eu.anthropic.claude-…
    private static readonly HashSet<string> ProfileRegions = ["us", "us-gov", "eu", "apac", "jp", "au", "ca", "sa", "me", "af", "global"];

    /// <param name="modelId">A model id, an inference profile's id, or the ARN of either.</param>
    public static ModelQuirks Of(string modelId)
    {
        var id = NameOf(modelId);
        return Rows.Where(row => id.StartsWith(row.Prefix, StringComparison.Ordinal)).OrderByDescending(row => row.Prefix.Length)
            .Select(row => row.Quirks).FirstOrDefault(Unknown);
    }

    private static string NameOf(string modelId)
    {
        var name = modelId.StartsWith("arn:", StringComparison.Ordinal) ? modelId[(modelId.LastIndexOf('/') + 1)..] : modelId;
        var dot = name.IndexOf('.');
        return dot > 0 && ProfileRegions.Contains(name[..dot]) ? name[(dot + 1)..] : name;
    }
}
