namespace Cost.Worker.Requests;

/// <summary>The answer to <c>GET /requests</c>.</summary>
internal sealed record RequestPage(string Object, IReadOnlyList<LoggedRequest> Data, bool HasMore, string? FirstId, string? LastId)
{
    public static RequestPage Of(IReadOnlyList<LoggedRequest> data, bool hasMore) =>
        new("list", data, hasMore, data.Count == 0 ? null : data[0].Id, data.Count == 0 ? null : data[^1].Id);
}
