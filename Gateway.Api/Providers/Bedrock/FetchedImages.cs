using Gateway.Api.Pipeline;
using Gateway.Api.Providers.Bedrock.Requests;

namespace Gateway.Api.Providers.Bedrock;

/// <param name="Images">By their address.</param>
/// <param name="Refusal">Why one of them cannot be used.</param>
internal sealed record FetchedImages(IReadOnlyDictionary<string, FetchedImage> Images, Refusal? Refusal = null)
{
    public static readonly FetchedImages None = new(new Dictionary<string, FetchedImage>());
}
