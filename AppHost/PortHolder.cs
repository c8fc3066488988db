using System.Globalization;

namespace AppHost;

/// <summary>Finds out on Linux which process listens on a port; elsewhere, and for other users' processes, nobody can tell.</summary>
internal static class PortHolder
{
    private const string Listening = "0A";

    public static string? Find(int port)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var inodes = InodesOf(port).Select(inode => $"socket:[{inode}]").ToHashSet();
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out _)))
        {
            if (HoldsAny(process, inodes))
            {
                return $"{NameOf(process)} (process {Path.GetFileName(process)})";
            }
        }

        return null;
    }

    // A line of /proc/net/tcp: "0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 31337 …"
    //                              local address                state                                        inode
    private static IEnumerable<string> InodesOf(int port)
    {
        var hex = $":{port:X4}";
        return from line in LinesOf("/proc/net/tcp").Concat(LinesOf("/proc/net/tcp6"))
               let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
               where fields.Length > 9 && fields[1].EndsWith(hex, StringComparison.Ordinal) && fields[3] == Listening
               select fields[9];
    }

    private static IEnumerable<string> LinesOf(string table) => File.Exists(table) ? File.ReadLines(table).Skip(1) : [];

    private static bool HoldsAny(string process, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(Path.Combine(process, "fd"))
                .Any(descriptor => new FileInfo(descriptor).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or it is somebody else's.
            return false;
        }
    }

    private static string NameOf(string process)
    {
        try
        {
            // "dotnet" says little; "dotnet Gateway.Api.dll" says which.
            var words = File.ReadAllText(Path.Combine(process, "cmdline")).Split('\0', StringSplitOptions.RemoveEmptyEntries);
            return string.Join(' ', words.Take(2).Select(Path.GetFileName));
        }
        catch (IOException)
        {
            return string.Create(CultureInfo.InvariantCulture, $"process {Path.GetFileName(process)}");
        }
    }
}
