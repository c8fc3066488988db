namespace Local.Model.Behaviour;

/// <summary>What the server knows of one request, as <c>GET /control/requests</c> lists it.</summary>
public sealed record RequestRecord
{
    /// <summary>The id of the answer, e.g. <c>chatcmpl-…</c>; ends in the request's <c>x-request-id</c> where it carried one.</summary>
    public required string Id { get; init; }

    /// <summary>The path, e.g. <c>/v1/chat/completions</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The model asked for; null where the body was never read.</summary>
    public string? Model { get; init; }

    public bool Stream { get; init; }

    /// <summary>The HTTP status that was sent; 0 where none was.</summary>
    public int Status { get; init; }

    public int PromptTokens { get; init; }

    /// <summary>Tokens made before the request ended, however it ended.</summary>
    public int CompletionTokens { get; init; }

    public Finish Finish { get; init; }

    /// <summary>The kinds of faults that the request met.</summary>
    public IReadOnlyList<FaultKind> Faults { get; init; } = [];

    /// <summary>When it arrived, in milliseconds since 1970.</summary>
    public long StartedAtMs { get; init; }

    /// <summary>How long it took; null while it runs.</summary>
    public double? ElapsedMs { get; init; }
}
