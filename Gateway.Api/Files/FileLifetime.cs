using Gateway.Api.Pipeline;

namespace Gateway.Api.Files;

/// <summary>OpenAI's <c>expires_after</c>: so many seconds after the file was made.</summary>
internal static class FileLifetime
{
    public const int LeastSeconds = 3600;
    public const int MostSeconds = 2_592_000;

    private const string CreatedAt = "created_at";

    /// <param name="name">What the parameter is called where it is at fault.</param>
    public static Refusal? FindFault(string name, string? anchor, int? seconds) =>
        anchor is null ? Refusal.MissingParameter($"{name}[anchor]")
        : seconds is null ? Refusal.MissingParameter($"{name}[seconds]")
        : anchor != CreatedAt ? FileRefusals.WrongAnchor($"{name}[anchor]")
        : seconds is < LeastSeconds or > MostSeconds ? FileRefusals.WrongLifetime($"{name}[seconds]")
        : null;
}
