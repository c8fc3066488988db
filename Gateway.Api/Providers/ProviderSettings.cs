namespace Gateway.Api.Providers;

/// <summary>What a provider's client is made from; two that are equal may share connections.</summary>
/// <param name="BaseUrl">The address up to and with the version.</param>
/// <param name="Credential">Sent as bearer; null where the provider wants none.</param>
/// <param name="ConnectTimeout">How long a connection may take to open.</param>
/// <param name="AsksForUsage">Whether streams are asked for their usage where the caller did not.</param>
/// <param name="PropagatesTrace">Whether calls are traced and carry <c>traceparent</c>; a waste where no trace is exported.</param>
internal sealed record ProviderSettings(Uri BaseUrl, string? Credential, TimeSpan ConnectTimeout, bool AsksForUsage, bool PropagatesTrace)
{
    /// <summary>The reference to a credential that leads to none; null where it does, or none is wanted.</summary>
    public string? MissingCredential { get; init; }

    // A record prints its members; a credential must not be among them.
    public override string ToString() => BaseUrl.ToString();
}
