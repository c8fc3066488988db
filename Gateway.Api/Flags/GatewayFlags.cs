namespace Gateway.Api.Flags;

/// <summary>The flags of all optional stages. What a stage needs beside its flag, such as an address or a rule, is in its own section.</summary>
internal static class GatewayFlags
{
    public static readonly Flag BedrockPassThrough = new(nameof(BedrockPassThrough), isOnByDefault: true, "Callers may bring a Bedrock API key of their own, where Access:BedrockPassThrough lets them.");

    public static readonly Flag Retries = new(nameof(Retries), isOnByDefault: true, "A target that failed is tried again before the next one.");

    public static readonly Flag SafeStream = new(nameof(SafeStream), isOnByDefault: true, "Streams of aliases with SafeStream are held back until they are whole.");

    public static readonly Flag CostControl = new(nameof(CostControl), isOnByDefault: true, "The rules of CostControl apply past a budget's soft threshold.");

    public static readonly Flag PassThrough = new(nameof(PassThrough), isOnByDefault: true, "Routes that the gateway has none of its own for go to the provider that PassThrough names.");

    public static readonly Flag StoredResponses = new(nameof(StoredResponses), isOnByDefault: true, "Responses are stored where their request does not say otherwise.");

    public static readonly Flag BackgroundResponses = new(nameof(BackgroundResponses), isOnByDefault: true, "Responses may be made in the background.");

    public static readonly Flag Experiments = new(nameof(Experiments), isOnByDefault: true, "Requests are split between the variants of experiments.");

    public static readonly Flag Feedback = new(nameof(Feedback), isOnByDefault: true, "Callers may give feedback on recent requests, which are remembered for it.");

    public static readonly Flag ExactCache = new(nameof(ExactCache), isOnByDefault: true, "Answers are kept and given again, where Cache says so.");

    public static readonly Flag SingleFlight = new(nameof(SingleFlight), isOnByDefault: true, "Identical requests that are under way share one call.");

    public static readonly Flag EmbeddingGrouping = new(nameof(EmbeddingGrouping), isOnByDefault: true, "Requests for embeddings that come at the same time become one call.");

    public static readonly Flag SemanticCache = new(nameof(SemanticCache), isOnByDefault: false, "A question is answered with the answer to one of the same meaning, where Cache:Semantic names an alias for embeddings.");

    public static readonly Flag McpTools = new(nameof(McpTools), isOnByDefault: true, "The gateway offers tools of MCP servers to models, and calls them.");

    public static readonly Flag ProductContext = new(nameof(ProductContext), isOnByDefault: true, "Chats of aliases with ProductContext are given what the catalogue has for their last message.");

    public static IReadOnlyList<Flag> All { get; } = [BedrockPassThrough, Retries, SafeStream, CostControl, PassThrough, StoredResponses, BackgroundResponses, Experiments, Feedback, ExactCache, SingleFlight, EmbeddingGrouping, SemanticCache, McpTools, ProductContext];

    /// <summary>All names, for whoever got one wrong.</summary>
    public static string Names => string.Join(", ", All.Select(flag => flag.Name).Order(StringComparer.Ordinal));

    public static Flag? Find(string name) => All.FirstOrDefault(flag => flag.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
