namespace Gateway.Api.Providers.Bedrock.Requests;

/// <param name="Format">png, jpeg, gif or webp.</param>
internal sealed record FetchedImage(string Format, byte[] Bytes);
