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
    internal PriceList Prices { get; init; } = PriceList.Empty;

    /// <summary>The provider, of type OpenAI, that answers what is below <c>/v1</c> and has no route here; none by default, and such a request is answered with 404.</summary>
    public string? PassThrough { get; init; }

    public LimitsOptions Limits { get; init; } = new();

    public AccessOptions Access { get; init; } = new();

    public CorsOptions Cors { get; init; } = new();

    public ResponsesOptions Responses { get; init; } = new();
}
