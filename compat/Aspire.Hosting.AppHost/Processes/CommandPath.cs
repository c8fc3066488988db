namespace Aspire.Hosting.Processes;

/// <summary>Finds programs as a shell does, before they are started: a missing one is then reported by its name.</summary>
internal static class CommandPath
{
    /// <summary>The program's absolute path, or null where there is none.</summary>
    public static string? Find(string command, string? searchPath, string? workingDirectory = null)
    {
        if (command.Contains('/', StringComparison.Ordinal) || command.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            var path = Path.GetFullPath(command, workingDirectory ?? Directory.GetCurrentDirectory());
            return IsProgram(path) ? path : null;
        }

        return (searchPath ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(directory => Names(command).Select(name => Path.Combine(directory, name)))
            .FirstOrDefault(IsProgram);
    }

    private static string[] Names(string command)
        => OperatingSystem.IsWindows() ? [command, $"{command}.exe", $"{command}.cmd"] : [command];

    private static bool IsProgram(string path)
        => File.Exists(path)
            && (OperatingSystem.IsWindows()
                || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
