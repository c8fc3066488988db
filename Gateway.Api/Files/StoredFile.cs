using System.Buffers;

namespace Gateway.Api.Files;

/// <summary>What is known of a file beside its bytes.</summary>
internal sealed record StoredFile
{
    private const string Prefix = "file-";
    private const int IdLength = 37;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    public required string Id { get; init; }

    public required string Tenant { get; init; }

    /// <summary>As it was called when it was uploaded.</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="FilePurpose"/>.</summary>
    public required string Purpose { get; init; }

    public required long Bytes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null: it stays until it is deleted.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public static string NewId(DateTimeOffset now) => $"{Prefix}{Guid.CreateVersion7(now):N}";

    public static bool IsId(string id) => id.Length == IdLength && id.StartsWith(Prefix, StringComparison.Ordinal) && id.AsSpan(Prefix.Length).IndexOfAnyExcept(HexDigits) < 0;

    public bool HasExpired(DateTimeOffset now) => ExpiresAt <= now;
}
