namespace ServiceDefaults.Aws;

/// <summary>Signs requests to one AWS service with the credentials of the moment; one that carries its own authorization goes on as it is.</summary>
/// <param name="credentials">Whose signature.</param>
/// <param name="region">Such as <c>eu-central-1</c>.</param>
/// <param name="service">AWS's name of the service, such as <c>bedrock</c>.</param>
/// <param name="time">The clock; AWS takes a signature for five minutes.</param>
public sealed class AwsSigningHandler(AwsCredentialSource credentials, string region, string service, TimeProvider time) : DelegatingHandler
{
    /// <summary>The body's bytes, where whoever sends them has them at hand; else the content is read for them.</summary>
    public static readonly HttpRequestOptionsKey<ReadOnlyMemory<byte>> Body = new("aws.body");

    /// <exception cref="HttpRequestException">There are no credentials.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization is null)
        {
            var signer = credentials.Current ?? throw new HttpRequestException($"There are no AWS credentials: {credentials.Problem}");
            var body = request.Options.TryGetValue(Body, out var known) ? known
                : request.Content is null ? default
                : await request.Content.ReadAsByteArrayAsync(cancellationToken);
            AwsSignature.Sign(request, body.Span, signer, region, service, time.GetUtcNow());
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
