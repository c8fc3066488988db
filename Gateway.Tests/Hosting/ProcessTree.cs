using System.Diagnostics;
using System.Globalization;

namespace Gateway.Tests.Hosting;

/// <summary>Who is whose child, as /proc tells it.</summary>
internal static class ProcessTree
{
    public static IReadOnlyList<int> DescendantsOf(int processId)
    {
        var parents = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(id => (Id: id, Parent: ParentOf(id)))
            .ToLookup(process => process.Parent, process => process.Id);
        List<int> found = [.. parents[processId]];
        for (var i = 0; i < found.Count; i++)
        {
            found.AddRange(parents[found[i]]);
        }

        return found;
    }

    /// <summary>Waits until none of the processes is alive; fails after ten seconds.</summary>
    public static async Task GoneAsync(IEnumerable<int> processIds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestHost.Token);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        foreach (var id in processIds)
        {
            await GoneAsync(id, patience.Token);
        }
    }

    private static async Task GoneAsync(int processId, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (ArgumentException)
        {
            // Already gone.
        }
    }

    private static int ParentOf(int processId) => StateOf(processId) is { } fields ? int.Parse(fields[1], CultureInfo.InvariantCulture) : 0;

    // pid (name) state parent ...; the name may hold spaces and brackets.
    private static string[]? StateOf(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
