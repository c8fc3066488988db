using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Logging;

/// <summary>Shows what the resources write on the console, each line behind its resource's name.</summary>
internal sealed class ResourceConsole(TextWriter output, bool colour)
{
    // Readable on dark and on light: cyan, green, magenta, yellow, blue, and their bright forms without white and black.
    private static readonly int[] Colours = [36, 32, 35, 33, 34, 96, 92, 95, 93, 94];

    private readonly ConcurrentDictionary<string, int> _colours = new(StringComparer.Ordinal);

    public static ResourceConsole Create()
        => new(Console.Out, !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));

    public void Write(string resourceId, LogLine line)
    {
        output.WriteLine(colour
            ? $"\e[{_colours.GetOrAdd(resourceId, static (_, count) => Colours[count % Colours.Length], _colours.Count)}m[{resourceId}]\e[0m {line.Content}"
            : $"[{resourceId}] {line.Content}");
    }
}
