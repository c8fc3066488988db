namespace Gateway.Benchmarks.Profile;

/// <summary>
/// Reads what <c>perf script -F comm,tid,event,ip,sym,dso</c> prints of a .NET process with <c>DOTNET_PerfMapEnabled=1</c>:
/// <code>
/// .NET TP Worker 22332 cpu-clock:
///     7f99f1348d13 instance int32 [System.Private.CoreLib] System.Collections.Generic.HashSet`1[System.__Canon]::FindItemIndex(!0)[OptimizedTier1] (/tmp/perf-22185.map)
///           246460 [unknown] (/usr/share/dotnet/shared/Microsoft.NETCore.App/10.0.12/System.Private.CoreLib.dll)
/// </code>
/// </summary>
internal static class PerfScript
{
    public const string Kernel = "[kernel.kallsyms]";

    public static IEnumerable<StackSample> Read(TextReader script)
    {
        string? thread = null;
        List<Frame> frames = [];
        while (script.ReadLine() is { } line)
        {
            if (line.Length == 0)
            {
                if (thread is not null && frames.Count > 0)
                {
                    yield return new StackSample(thread, frames);
                }

                (thread, frames) = (null, []);
            }
            else if (thread is null)
            {
                // "name of the thread 22332 cpu-clock:"
                var words = line.TrimEnd().Split(' ');
                thread = string.Join(' ', words[..^2]);
            }
            else if (FrameOf(line.AsSpan().Trim()) is { } frame)
            {
                frames.Add(frame);
            }
        }

        if (thread is not null && frames.Count > 0)
        {
            yield return new StackSample(thread, frames);
        }
    }

    private static Frame? FrameOf(ReadOnlySpan<char> line)
    {
        var (symbolAt, moduleAt) = (line.IndexOf(' ') + 1, line.LastIndexOf(" ("));
        if (symbolAt == 0 || moduleAt < symbolAt)
        {
            return null;
        }

        var module = line[(moduleAt + 2)..].TrimEnd(')');
        var symbol = line[symbolAt..moduleAt];
        var file = module[(module.LastIndexOf('/') + 1)..].ToString();
        return new Frame(symbol is "[unknown]" ? $"[{file}]" : MethodOf(symbol), file);
    }

    // "instance void [Module] Namespace.Type::Method(arguments)[tier]"; what else there is stays as it is.
    private static string MethodOf(ReadOnlySpan<char> symbol)
    {
        var colons = symbol.IndexOf("::");
        var arguments = colons < 0 ? -1 : symbol[colons..].IndexOf('(');
        if (arguments < 0)
        {
            return symbol.ToString();
        }

        var module = symbol[..colons].LastIndexOf("] ");
        return symbol[(module < 0 ? 0 : module + 2)..(colons + arguments)].ToString();
    }
}
