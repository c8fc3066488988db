using System.Text.Json;
using Gateway.Api.Providers;

namespace Gateway.Api.Routing;

/// <summary>One place that serves an alias, ready to be called.</summary>
/// <param name="Provider">The provider's client.</param>
/// <param name="Model">The model's name there.</param>
internal sealed record Target(IProvider Provider, string Model)
{
    /// <summary><c>provider/model</c>, as the caller sees it.</summary>
    public string Name { get; } = $"{Provider.Name}/{Model}";

    /// <summary>The model's name as a JSON string, ready to be put into a request.</summary>
    public ReadOnlyMemory<byte> ModelJson { get; } = JsonSerializer.SerializeToUtf8Bytes(Model);
}
