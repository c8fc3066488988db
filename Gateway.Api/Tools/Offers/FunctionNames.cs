using System.Globalization;

namespace Gateway.Api.Tools.Offers;

/// <summary>Names of functions for the tools of one server: <c>label__tool</c>, in what all providers take, each once.</summary>
internal sealed class FunctionNames(string label, IEnumerable<string> taken)
{
    /// <summary>What OpenAI and Bedrock take.</summary>
    private const int Longest = 64;

    private readonly HashSet<string> _taken = new(taken, StringComparer.Ordinal);

    /// <summary>The name of a tool that shares it with no other.</summary>
    public static string Of(string label, string tool)
    {
        var name = NameOf(label, tool);
        return name.Length > Longest ? name[..Longest] : name;
    }

    public string Of(string tool)
    {
        var (name, wanted) = (NameOf(label, tool), Of(label, tool));
        for (var number = 2; !_taken.Add(wanted); number++)
        {
            var suffix = number.ToString(CultureInfo.InvariantCulture);
            wanted = string.Concat(name.AsSpan(0, Math.Min(name.Length, Longest - suffix.Length - 1)), "_", suffix);
        }

        return wanted;
    }

    private static string NameOf(string label, string tool) => $"{label}__{string.Concat(tool.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' ? letter : '_'))}";
}
