using Gateway.Api.Secrets;

namespace Gateway.Api.Providers.Bedrock;

/// <summary>What a client of Bedrock is made from; two that are equal may share connections.</summary>
/// <param name="BaseUrl">Where Bedrock's runtime answers.</param>
/// <param name="Region">What requests are signed for.</param>
/// <param name="ApiKey">A Bedrock API key; null where requests are signed instead.</param>
/// <param name="UsesAwsCredentials">Whether requests are signed where there is no API key.</param>
/// <param name="TakesCallersTokens">Whether callers may bring Bedrock API keys of their own.</param>
/// <param name="FetchesImages">Whether images that are given by an address are fetched.</param>
/// <param name="ConnectTimeout">How long a connection may take to open.</param>
/// <param name="PropagatesTrace">Whether calls are traced and carry <c>traceparent</c>.</param>
internal sealed record BedrockSettings(
    Uri BaseUrl, string Region, Secret? ApiKey, bool UsesAwsCredentials, bool TakesCallersTokens, bool FetchesImages, TimeSpan ConnectTimeout, bool PropagatesTrace)
{
    public override string ToString() => BaseUrl.ToString();
}
