using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Gateway.Tests.Hosting;
using Google.Protobuf;
using Shouldly;

namespace Gateway.Tests.Dashboard;

/// <summary>Speaks to the resource service as the dashboard does: gRPC, its frames made and read by hand.</summary>
internal sealed class ResourceServiceClient(Uri address, string apiKey) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = address, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

    public void Dispose() => _http.Dispose();

    /// <summary>The first message of the answer, if any, and the status that ends it.</summary>
    public async Task<(T? Message, string Status)> CallAsync<T>(string method, IMessage request, MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        using var response = await SendAsync(method, request);
        using var stream = await response.Content.ReadAsStreamAsync(TestHost.Token);
        var message = await ReadAsync(stream, parser);
        if (message is not null && await ReadAsync(stream, parser) is not null)
        {
            throw new InvalidDataException("There is more than one message.");
        }

        return (message, response.TrailingHeaders.GetValues("grpc-status").Single());
    }

    public async IAsyncEnumerable<T> StreamAsync<T>(string method, IMessage request, MessageParser<T> parser, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where T : class, IMessage<T>
    {
        using var response = await SendAsync(method, request);
        using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        while (await ReadAsync(stream, parser) is { } message)
        {
            yield return message;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(string method, IMessage request)
    {
        var frame = new byte[5 + request.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), frame.Length - 5);
        request.WriteTo(frame.AsSpan(5));
        using var message = new HttpRequestMessage(HttpMethod.Post, $"/aspire.v1.DashboardService/{method}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(frame) { Headers = { ContentType = new MediaTypeHeaderValue("application/grpc") } },
            Headers = { { "x-resource-service-api-key", apiKey }, { "TE", "trailers" } },
        };
        var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, TestHost.Token);

        // The dashboard's client takes nothing else for an answer.
        response.Content.Headers.ContentType.ShouldNotBeNull().MediaType.ShouldBe("application/grpc");
        return response;
    }

    private static async Task<T?> ReadAsync<T>(Stream stream, MessageParser<T> parser)
        where T : class, IMessage<T>
    {
        var prefix = new byte[5];
        if (await stream.ReadAtLeastAsync(prefix, prefix.Length, throwOnEndOfStream: false, TestHost.Token) == 0)
        {
            return null;
        }

        var content = new byte[BinaryPrimitives.ReadInt32BigEndian(prefix.AsSpan(1))];
        await stream.ReadExactlyAsync(content, TestHost.Token);
        return parser.ParseFrom(content);
    }
}
