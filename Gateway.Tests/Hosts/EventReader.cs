using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Shouldly;

namespace Gateway.Tests.Hosts;

/// <summary>Reads server-sent events one by one.</summary>
internal sealed class EventReader : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _items;

    private EventReader(HttpResponseMessage response, IAsyncEnumerator<SseItem<string>> items) => (_response, _items) = (response, items);

    public static async Task<EventReader> OpenAsync(HttpClient client, string path, CancellationToken cancellationToken, string? lastId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (lastId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastId);
        }

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new EventReader(response, SseParser.Create(await response.Content.ReadAsStreamAsync(cancellationToken)).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken));
    }

    public async Task<(string Id, string Name, JsonNode Data)> NextAsync()
    {
        (await _items.MoveNextAsync()).ShouldBeTrue("the stream has ended");
        return (_items.Current.EventId ?? "", _items.Current.EventType, JsonNode.Parse(_items.Current.Data)!);
    }

    public async Task<bool> HasEndedAsync() => !await _items.MoveNextAsync();

    public async ValueTask DisposeAsync()
    {
        await _items.DisposeAsync();
        _response.Dispose();
    }
}
