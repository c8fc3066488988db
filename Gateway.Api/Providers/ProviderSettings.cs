namespace Gateway.Api.Providers;

/// <summary>What a provider's client is made from; two that are equal may share connections.</summary>
internal sealed record ProviderSettings(Uri BaseUrl, string? Credential, TimeSpan ConnectTimeout)
{
    // A record prints its members; a credential must not be among them.
    public override string ToString() => BaseUrl.ToString();
}
