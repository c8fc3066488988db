using System.Text.Json;
using Gateway.Api.Pipeline;
using Gateway.Api.Responses.Storage;

namespace Gateway.Api.Responses.Requests;

/// <summary>Fetches what a request goes on from.</summary>
internal sealed class ContextReader(IResponseStore store, TimeProvider time)
{
    private static readonly Context Nothing = new();

    /// <summary>Returns why there is no such context, or null and the context.</summary>
    public async ValueTask<(Refusal? Refusal, Context Context)> ReadAsync(ResponseRequest request, string tenant, CancellationToken cancellationToken)
    {
        var references = ReferencesOf(request.Root);
        if (request.PreviousId is null && references.Count == 0)
        {
            return (null, Nothing);
        }

        try
        {
            return await FetchAsync(request.PreviousId, references, tenant, cancellationToken);
        }
        catch (ResponsesUnavailableException)
        {
            return (ResponseRefusals.StoreUnavailable(), Nothing);
        }
    }

    private async ValueTask<(Refusal? Refusal, Context Context)> FetchAsync(string? previousId, IReadOnlyList<string> references, string tenant, CancellationToken cancellationToken)
    {
        StoredResponse? previous = null;
        if (previousId is not null && (previous = await store.FindAsync(tenant, previousId, cancellationToken)) is null)
        {
            return (ResponseRefusals.PreviousNotFound(previousId), Nothing);
        }

        if (previous?.RunsUntil > time.GetUtcNow())
        {
            return (ResponseRefusals.PreviousIsRunning(previous.Id), Nothing);
        }

        var context = new Context { Before = previous is null ? [] : ItemsOf(previous) };
        foreach (var id in references)
        {
            if (context.Before.Any(item => item.FindText("id") == id))
            {
                return (ResponseRefusals.DuplicateItem(id), Nothing);
            }

            if (await FindItemAsync(tenant, id, cancellationToken) is not { } item)
            {
                return (ResponseRefusals.ItemNotFound(id), Nothing);
            }

            context.Add(id, item);
        }

        return (null, context);
    }

    private async ValueTask<JsonElement?> FindItemAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        if (ResponseIds.ResponseOf(id) is not { } responseId || await store.FindAsync(tenant, responseId, cancellationToken) is not { } response)
        {
            return null;
        }

        var items = ItemsOf(response);
        var index = items.FindIndex(item => item.FindText("id") == id);
        return index < 0 ? null : items[index];
    }

    private static List<JsonElement> ItemsOf(StoredResponse response) => [.. JsonElement.Parse(response.Items.Span).EnumerateArray()];

    private static IReadOnlyList<string> ReferencesOf(JsonElement root) =>
        root.Find("input") is { ValueKind: JsonValueKind.Array } input
            ? [.. input.EnumerateArray().Where(item => ItemKinds.Of(item) == ItemKinds.Reference).Select(item => item.FindText("id")).OfType<string>()]
            : [];
}
