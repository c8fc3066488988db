using Gateway.Api.Configuration.Description;
using Gateway.Api.Prices;

namespace Gateway.Api.Configuration;

/// <summary>Section <c>Gateway</c>: everything an operator decides. Read from gateway.json and the environment, changed while running.</summary>
public sealed record GatewayOptions
{
    public const string Section = "Gateway";

    /// <summary>Where models are served, by a name of the operator's choice.</summary>
    public IReadOnlyDictionary<string, ProviderOptions> Providers { get; init; } = new Dictionary<string, ProviderOptions>();

    /// <summary>The aliases that callers name in <c>model</c>.</summary>
    public IReadOnlyDictionary<string, ModelOptions> Models { get; init; } = new Dictionary<string, ModelOptions>();

    /// <summary>What targets cost, by <c>provider/model</c> and date; see <see cref="Price"/>. A target without a price costs an unknown sum, never zero.</summary>
    [ReadAs(typeof(IReadOnlyDictionary<string, PriceOptions>))]
    internal PriceList Prices { get; init; } = PriceList.Empty;

    /// <summary>The provider, of type OpenAI, that answers what is below <c>/v1</c> and has no route here; none by default, and such a request is answered with 404.</summary>
    public string? PassThrough { get; init; }

    public LimitsOptions Limits { get; init; } = new();

    public AccessOptions Access { get; init; } = new();

    /// <summary>What keys get, by the tier that they name.</summary>
    public IReadOnlyDictionary<string, TierOptions> Tiers { get; init; } = new Dictionary<string, TierOptions>();

    /// <summary>What tenants get, by their names.</summary>
    public IReadOnlyDictionary<string, TenantOptions> Tenants { get; init; } = new Dictionary<string, TenantOptions>();

    public BudgetsOptions Budgets { get; init; } = new();

    /// <summary>What is done with dear requests while a budget is past its soft threshold.</summary>
    public IReadOnlyList<CostRule> CostControl { get; init; } = [];

    /// <summary>Whether a tier may use an alias; one that is not configured may use none.</summary>
    internal bool TierMayUse(string? tier, string alias) => tier is null || (Tiers.TryGetValue(tier, out var found) && found.MayUse(alias));

    public CacheOptions Cache { get; init; } = new();

    public GroupingOptions Grouping { get; init; } = new();

    public CorsOptions Cors { get; init; } = new();

    public ResponsesOptions Responses { get; init; } = new();

    /// <summary>For whom optional stages are on, by the names of their flags; <c>GET /admin/flags</c> lists them. What an administrator switches there counts before it.</summary>
    public IReadOnlyDictionary<string, FlagOptions> Flags { get; init; } = new Dictionary<string, FlagOptions>();

    /// <summary>Alternatives that are compared on the requests of an alias, by names of the operator's choice.</summary>
    public IReadOnlyDictionary<string, ExperimentOptions> Experiments { get; init; } = new Dictionary<string, ExperimentOptions>();

    public FeedbackOptions Feedback { get; init; } = new();

    /// <summary>MCP servers whose tools callers may have the gateway call, by the names that requests and keys use.</summary>
    public IReadOnlyDictionary<string, McpServerOptions> McpServers { get; init; } = new Dictionary<string, McpServerOptions>();

    public ToolLoopOptions ToolLoop { get; init; } = new();

    public FilesOptions Files { get; init; } = new();

    public BatchesOptions Batches { get; init; } = new();
}
