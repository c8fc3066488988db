using System.Net;
using System.Text.Json;
using Gateway.Api.Pipeline;
using Gateway.Api.Providers.Bedrock.Requests;
using ServiceDefaults.Network;

namespace Gateway.Api.Providers.Bedrock;

/// <summary>
/// Fetches images that a request gives by their address, for a model that takes only bytes. A caller chooses the address, so: no
/// address within a network, checked at the connection and not at the name; no redirect; a bounded size, number and time.
/// </summary>
internal static class ImageFetcher
{
    /// <summary>Converse's own limits of an image and of their number.</summary>
    private const int MaxBytes = 3_932_160;
    private const int MaxImages = 20;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private static readonly HttpMessageInvoker Http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        ConnectCallback = PublicConnection.ConnectAsync,
    });

    public static async Task<FetchedImages> FetchAsync(JsonElement root, CancellationToken cancellationToken)
    {
        List<string> addresses;
        try
        {
            addresses = [.. AddressesIn(root).Distinct().Take(MaxImages + 1)];
        }
        catch (InvalidOperationException noText) when (noText.IsOfText())
        {
            return new FetchedImages(FetchedImages.None.Images, Json.NoUnicode);
        }

        var images = new Dictionary<string, FetchedImage>();
        foreach (var address in addresses)
        {
            if (images.Count == MaxImages)
            {
                return new FetchedImages(FetchedImages.None.Images, Refusal.InvalidRequest($"The request names more than {MaxImages} images.", "messages"));
            }

            var (image, reason) = await FetchAsync(address, cancellationToken);
            if (image is null)
            {
                return new FetchedImages(FetchedImages.None.Images, Refusal.InvalidRequest($"The image at {address} cannot be used: {reason}", "messages"));
            }

            images[address] = image;
        }

        return new FetchedImages(images);
    }

    private static IEnumerable<string> AddressesIn(JsonElement root) =>
        from message in root.Find("messages") is { ValueKind: JsonValueKind.Array } messages ? messages.EnumerateArray() : default
        where message.Find("content") is { ValueKind: JsonValueKind.Array }
        from part in message.GetProperty("content").EnumerateArray()
        let image = part.Find("image_url")
        where image is not null
        let address = image.Value.AddressOfImage()
        where address is not null && address.StartsWith("http", StringComparison.OrdinalIgnoreCase)
        select address;

    private static async Task<(FetchedImage? Image, string? Reason)> FetchAsync(string address, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            return (null, "that is no http or https address.");
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Timeout);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            using var response = await Http.SendAsync(request, deadline.Token);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return (null, $"its server answered with HTTP {(int)response.StatusCode}.");
            }

            if (ImageWriter.FormatOf(response.Content.Headers.ContentType?.MediaType) is not { } format)
            {
                return (null, "it is not served as png, jpeg, gif or webp.");
            }

            using var body = await UpstreamHttp.ReadBodyAsync(response, MaxBytes, deadline.Token);
            return body is null ? (null, $"it is larger than {MaxBytes:N0} bytes.") : (new FetchedImage(format, body.Span.ToArray()), null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"it did not come within {Timeout.TotalSeconds:0} s.");
        }
        catch (Exception failure) when (failure.IsOfNetwork())
        {
            return (null, "it could not be fetched.");
        }
    }
}
