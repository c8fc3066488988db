using System.Text.Json;
using Gateway.Api.Pipeline;
using Gateway.Api.Routing;

namespace Gateway.Api.Providers.Bedrock;

/// <summary>A JSON reply of Bedrock's and the memory that it lies in.</summary>
internal sealed class ReplyDocument : IDisposable
{
    private const int MaxBytes = 64 * 1024 * 1024;

    private readonly PooledBody _body;
    private readonly JsonDocument _document;

    private ReplyDocument(PooledBody body, JsonDocument document) => (_body, _document) = (body, document);

    public JsonElement Root => _document.RootElement;

    /// <summary>The tokens that were read, where a header says so and the body does not.</summary>
    public long InputTokens { get; private init; }

    public static async Task<(ReplyDocument? Reply, UpstreamFailure? Failure)> ReadAsync(HttpResponseMessage response, Target target, CancellationToken cancellationToken)
    {
        var body = await UpstreamHttp.ReadBodyAsync(response, MaxBytes, cancellationToken);
        if (body is null)
        {
            return (null, UpstreamFailure.BadReply(target, $"answered with more than {MaxBytes:N0} bytes."));
        }

        try
        {
            var tokens = response.Headers.TryGetValues("x-amzn-bedrock-input-token-count", out var counts) && long.TryParse(counts.First(), out var count) ? count : 0;
            return (new ReplyDocument(body, JsonDocument.Parse(body.Memory)) { InputTokens = tokens }, null);
        }
        catch (JsonException)
        {
            body.Dispose();
            return (null, UpstreamFailure.BadReply(target, "answered with something other than JSON."));
        }
    }

    public void Dispose()
    {
        _document.Dispose();
        _body.Dispose();
    }
}
