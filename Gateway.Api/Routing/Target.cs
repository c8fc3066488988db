using System.Text.Json;
using Gateway.Api.Providers;

namespace Gateway.Api.Routing;

/// <summary>One place that serves an alias, ready to be called.</summary>
/// <param name="Provider">The provider's client.</param>
/// <param name="Model">The model's name there; empty where a request is passed on whose model is not known.</param>
/// <param name="Health">How it fares.</param>
internal sealed record Target(IProvider Provider, string Model, TargetHealth Health)
{
    /// <summary><c>provider/model</c>, as the caller sees it; the provider alone where the model is not known.</summary>
    public string Name { get; } = NameOf(Provider.Name, Model);

    /// <summary>The model's name as a JSON string, ready to be put into a request.</summary>
    public ReadOnlyMemory<byte> ModelJson { get; } = JsonSerializer.SerializeToUtf8Bytes(Model);

    /// <summary>Its share under <c>Weighted</c>.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>How many tokens prompt and answer may have together; null where that is not stated.</summary>
    public int? ContextWindow { get; init; }

    /// <summary>Whether its model can call tools.</summary>
    public bool CallsTools { get; init; } = true;

    /// <summary>How many requests it works on at once; null where that is not bounded.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>Why no request would be served here now, as far as is known; null where one would.</summary>
    /// <param name="hasFallback">Whether requests may go elsewhere. Where they may not, no target is left alone.</param>
    public ProviderProblem? ProblemNow(bool hasFallback) => Provider.Problem ?? Health.CredentialProblem ?? (hasFallback ? Health.LeftAlone : null);

    public static string NameOf(string provider, string model) => model.Length > 0 ? $"{provider}/{model}" : provider;
}
