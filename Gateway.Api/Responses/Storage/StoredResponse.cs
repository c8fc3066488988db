namespace Gateway.Api.Responses.Storage;

/// <summary>What is kept of a response: itself, and the conversation that a later request goes on from.</summary>
internal sealed record StoredResponse
{
    public required string Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>The response, as it is shown.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>A JSON list of items: the conversation before, this request's input and, once there is one, its output.</summary>
    public required ReadOnlyMemory<byte> Items { get; init; }

    /// <summary>Which of the items were this request's input.</summary>
    public required Range Input { get; init; }

    /// <summary>Until when it counts as running, unless whoever runs it says so again; null once it has ended.</summary>
    public DateTimeOffset? RunsUntil { get; init; }

    public bool IsRunning => RunsUntil is not null;

    public int Bytes => Body.Length + Items.Length;
}
