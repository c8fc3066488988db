using System.ComponentModel.DataAnnotations;

namespace Gateway.Api.Configuration;

/// <summary>
/// How requests for embeddings that come at the same time become one call of an OpenAI-compatible provider. One that comes while none of its
/// kind is under way is sent at once.
/// </summary>
public sealed record GroupingOptions
{
    /// <summary>Whether they do. On by default.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How long the first of a group waits for others, in milliseconds. 1 to 5; 3 by default.</summary>
    [Range(1, 5)]
    public int WindowMilliseconds { get; init; } = 3;

    internal TimeSpan Window => TimeSpan.FromMilliseconds(WindowMilliseconds);

    /// <summary>How many inputs a call has at most; a request with more goes alone. 1 to 2048, which is OpenAI's own limit; 256 by default.</summary>
    [Range(1, 2048)]
    public int MaxInputs { get; init; } = 256;

    /// <summary>How many bytes of input a call has at most; a request with more goes alone. A token is no less than a byte. 256 KiB by default.</summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxInputBytes { get; init; } = 256 * 1024;
}
