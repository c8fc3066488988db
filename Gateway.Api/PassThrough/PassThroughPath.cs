using System.Buffers;

namespace Gateway.Api.PassThrough;

/// <summary>What the path of a request that is passed on says.</summary>
internal static class PassThroughPath
{
    private const string Root = "/v1";
    private const string Unnamed = "other";
    private const int MaxName = 32;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz_");

    /// <summary>
    /// Whether the path is below <c>/v1</c> and means the same to the provider as here. One with an empty segment or an escaped slash may
    /// be a route of this gateway to a server that reads it more leniently, and would go round what holds for that route.
    /// </summary>
    public static bool CanBePassedOn(PathString path) =>
        path.StartsWithSegments(Root, out var rest)
        && rest.Value is { Length: > 1 } value
        && !value.Contains("//", StringComparison.Ordinal)
        && !value.Contains('\\')
        && !value.Contains("%2F", StringComparison.OrdinalIgnoreCase);

    public static PathString BelowRoot(PathString path) => path.StartsWithSegments(Root, out var rest) ? rest : path;

    /// <summary>
    /// What usage is booked under: <c>audio/speech</c> for <c>/v1/audio/speech</c>, <c>uploads</c> for <c>/v1/uploads/upload-1</c>. Ids
    /// are no part of it.
    /// </summary>
    public static string OperationOf(PathString path)
    {
        var segments = BelowRoot(path).Value!.Split('/', 4, StringSplitOptions.RemoveEmptyEntries);
        return !IsName(segments[0]) ? Unnamed
            : segments.Length > 1 && IsName(segments[1]) ? $"{segments[0]}/{segments[1]}"
            : segments[0];
    }

    private static bool IsName(string segment) => segment.Length <= MaxName && !segment.AsSpan().ContainsAnyExcept(NameCharacters);
}
