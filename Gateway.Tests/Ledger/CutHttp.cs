using Amazon.Runtime;

namespace Gateway.Tests.Ledger;

/// <summary>A connection that is lost before or after so many requests were carried out: what a crash of the worker looks like to DynamoDB.</summary>
internal sealed class CutHttp(int requests, bool isCarriedOut) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Cutter(requests, isCarriedOut));

    private sealed class Cutter(int requests, bool isCarriedOut) : DelegatingHandler(new HttpClientHandler())
    {
        private int _left = requests;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Interlocked.Decrement(ref _left) >= 0)
            {
                return await base.SendAsync(request, cancellationToken);
            }

            if (isCarriedOut)
            {
                using var unread = await base.SendAsync(request, cancellationToken);
            }

            throw new HttpRequestException("The connection is lost.");
        }
    }
}
