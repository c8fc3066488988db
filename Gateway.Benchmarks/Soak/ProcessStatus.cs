using System.Globalization;

namespace Gateway.Benchmarks.Soak;

/// <summary>What the kernel says of a process.</summary>
internal readonly record struct ProcessStatus(long ResidentBytes, int Threads, int Descriptors, int Connections)
{
    private const string Established = "01";
    private const int StateField = 3;
    private const int InodeField = 9;

    /// <summary>The sockets of all processes that are connected, by their inode.</summary>
    public static HashSet<string> ConnectedSockets() =>
    [
        .. ((string[])["/proc/net/tcp", "/proc/net/tcp6"]).Where(File.Exists).SelectMany(file => File.ReadLines(file).Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[StateField] == Established)
            .Select(fields => fields[InodeField]),
    ];

    public static ProcessStatus Read(int id, HashSet<string> connected)
    {
        var lines = File.ReadAllLines($"/proc/{id}/status");
        var links = Directory.EnumerateFiles($"/proc/{id}/fd").Select(file => new FileInfo(file).LinkTarget).ToList();
        return new ProcessStatus(
            Number(lines, "VmRSS:") * 1024,
            (int)Number(lines, "Threads:"),
            links.Count,
            links.Count(link => link is not null && link.StartsWith("socket:[", StringComparison.Ordinal) && connected.Contains(link[8..^1])));
    }

    // "VmRSS:    123456 kB"
    private static long Number(string[] lines, string name) =>
        long.Parse(lines.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
