using System.ComponentModel.DataAnnotations;

namespace Gateway.Api.Configuration;

/// <summary>An MCP server whose tools the gateway offers to models and calls for them. Requests name it; they never bring an address of their own.</summary>
public sealed record McpServerOptions
{
    /// <summary>Its endpoint, such as <c>https://tools.example.com/mcp</c>. Where left out, it is what the AppHost says of the resource of this name (<c>services:NAME:http:0</c>), with <c>/mcp</c>.</summary>
    public string? Url { get; init; }

    /// <summary>A reference to the bearer token that the server wants: <c>env:NAME</c>, <c>secret:NAME#KEY</c> or <c>parameter:NAME</c>; never the token itself. Empty: none is sent.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Whether the server is sent the key of whoever asks, where it has no <see cref="ApiKey"/>; for a server that takes the gateway's keys, and no other. Off by default.</summary>
    public bool ForwardCallerKey { get; init; }

    /// <summary>How long a call of one of its tools may take, in seconds. 0.1 to 600; 10 by default.</summary>
    [Range(0.1, 600d)]
    public double TimeoutSeconds { get; init; } = 10;

    /// <summary>The tools that may be used; none means all that it has.</summary>
    public IReadOnlyList<string> AllowedTools { get; init; } = [];

    /// <summary>Whether only tools that the server marks as reading run without approval; calls of others go back to the caller. On by default.</summary>
    public bool ReadOnly { get; init; } = true;

    /// <summary>Largest reply of the server that is read, in bytes; a larger one fails the call. 1024 to 67108864 (64 MiB); 1 MiB by default.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxReplyBytes { get; init; } = 1024 * 1024;

    /// <summary>Allows a plain-HTTP address that is neither loopback nor private. Off by default.</summary>
    public bool AllowInsecure { get; init; }

    internal TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);
}
