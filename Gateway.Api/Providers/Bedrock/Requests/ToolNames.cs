using System.Globalization;
using System.Text.RegularExpressions;

namespace Gateway.Api.Providers.Bedrock.Requests;

/// <summary>
/// Names as Bedrock takes them, <c>[a-zA-Z0-9_-]{1,64}</c>, for names that callers chose, and the way back. Made for one request: a
/// name stays what it is where it can, and two names never become one.
/// </summary>
internal sealed partial class ToolNames
{
    private const int MaxLength = 64;

    private readonly Dictionary<string, string> _sent = [];
    private readonly Dictionary<string, string> _originals = [];

    /// <summary>What Bedrock is told.</summary>
    public string Sent(string name)
    {
        if (_sent.TryGetValue(name, out var known))
        {
            return known;
        }

        var clean = Forbidden().Replace(name, "_");
        clean = clean.Length == 0 ? "_" : clean[..Math.Min(clean.Length, MaxLength)];
        var sent = clean;
        for (var i = 2; !_originals.TryAdd(sent, name); i++)
        {
            var suffix = string.Create(CultureInfo.InvariantCulture, $"_{i}");
            sent = clean[..Math.Min(clean.Length, MaxLength - suffix.Length)] + suffix;
        }

        return _sent[name] = sent;
    }

    /// <summary>What the caller called it; a name that was never sent is the model's own and stays.</summary>
    public string Original(string sent) => _originals.GetValueOrDefault(sent, sent);

    [GeneratedRegex("[^a-zA-Z0-9_-]")]
    private static partial Regex Forbidden();
}
