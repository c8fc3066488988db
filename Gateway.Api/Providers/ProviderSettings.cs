using Gateway.Api.Secrets;

namespace Gateway.Api.Providers;

/// <summary>What a provider's client is made from; two that are equal may share connections.</summary>
/// <param name="BaseUrl">The address up to and with the version.</param>
/// <param name="Credential">Sent as bearer; null where the provider wants none.</param>
/// <param name="ConnectTimeout">How long a connection may take to open.</param>
/// <param name="AsksForUsage">Whether streams are asked for their usage where the caller did not.</param>
/// <param name="PropagatesTrace">Whether calls are traced and carry <c>traceparent</c>; a waste where no trace is exported.</param>
internal sealed record ProviderSettings(Uri BaseUrl, Secret? Credential, TimeSpan ConnectTimeout, bool AsksForUsage, bool PropagatesTrace)
{
    public override string ToString() => BaseUrl.ToString();
}
