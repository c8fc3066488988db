using Gateway.Api.Responses.Requests;

namespace Gateway.Api.Responses.Replies;

/// <summary>A response that is being made.</summary>
internal sealed class ResponseDraft(ResponseRequest request, long createdAt, string? id = null)
{
    public ResponseRequest Request { get; } = request;

    public string Id { get; } = id ?? ResponseIds.New();

    public long CreatedAt { get; } = createdAt;

    /// <summary>Whether it can be fetched later, as far as is known.</summary>
    public bool IsStored { get; set; } = request.Stores;

    public ResponseJson Json => new(Request, Id, CreatedAt);
}
