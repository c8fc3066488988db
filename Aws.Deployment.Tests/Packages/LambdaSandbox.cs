using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Gateway.Tests.Hosts;

namespace Aws.Deployment.Tests.Packages;

/// <summary>
/// A package started as Lambda starts it: unpacked below a task root that, like everything but an own <c>/tmp</c>, cannot be written, by a user
/// who owns nothing, with 512 MB, through its handler script. Needs root, which it gives up, and Linux's namespaces.
/// </summary>
internal sealed class LambdaSandbox : IAsyncDisposable
{
    private const long MemoryBytes = 512L << 20;

    // 1 the cgroup; 2 the package at the task root; 3 everything read-only; 4 a /tmp of its own; 5 another user.
    private const string Enter = """
        set -e
        echo $$ > "$CGROUP/cgroup.procs"
        mount --bind "$PACKAGE" /mnt
        mount -o remount,bind,ro /mnt
        mount -o remount,bind,ro /
        mount -o remount,bind,ro /dev/shm 2>/dev/null || true
        mount -t tmpfs -o size=512m,mode=1777 tmpfs /tmp
        cd /mnt
        exec setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/nonexistent /mnt/run.sh
        """;

    // Version 1 of cgroups, and version 2 where the groups below the root may have the memory's controller.
    private static readonly (string Folder, string Limit)? Memory =
        Directory.Exists("/sys/fs/cgroup/memory") ? ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")
        : File.Exists("/sys/fs/cgroup/cgroup.subtree_control") && File.ReadAllText("/sys/fs/cgroup/cgroup.subtree_control").Contains("memory", StringComparison.Ordinal) ? ("/sys/fs/cgroup", "memory.max")
        : null;

    private readonly LeashedProcess _process;
    private readonly DirectoryInfo _package;
    private readonly DirectoryInfo _cgroup;

    private LambdaSandbox(LeashedProcess process, DirectoryInfo package, DirectoryInfo cgroup) => (_process, _package, _cgroup) = (process, package, cgroup);

    /// <summary>Why there can be none here; null where there can.</summary>
    public static string? Missing { get; } = FindMissing();

    public IEnumerable<string> Lines => _process.Lines;

    /// <param name="zip">The package.</param>
    /// <param name="environment">What the function's configuration sets.</param>
    public static LambdaSandbox Start(string zip, IReadOnlyDictionary<string, string> environment)
    {
        // Not below /tmp, which is the sandbox's own.
        var package = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, $"task-{Guid.NewGuid():N}"));
        ZipFile.ExtractToDirectory(zip, package.FullName);
        var cgroup = Cgroup();
        var process = LeashedProcess.Start(
            new Dictionary<string, string>(environment) { ["PACKAGE"] = package.FullName, ["CGROUP"] = cgroup.FullName, ["LAMBDA_TASK_ROOT"] = "/mnt" },
            "unshare", "--mount", "sh", "-c", Enter);
        return new LambdaSandbox(process, package, cgroup);
    }

    public Task LineAsync(string part, CancellationToken cancellationToken) => _process.LineAsync(part, cancellationToken);

    /// <summary>The most memory that it ever had resident, in bytes, and the processor's time that it took.</summary>
    public async Task<(long Resident, TimeSpan Processor)> UseAsync()
    {
        var id = await _process.Id;
        var peak = (await File.ReadAllLinesAsync($"/proc/{id}/status")).Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        using var process = Process.GetProcessById(id);
        return (long.Parse(peak.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10, process.TotalProcessorTime);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _package.Delete(recursive: true);
        _cgroup.Delete();
    }

    private static string? FindMissing()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return "Only root on Linux can lay out a file system as Lambda's.";
        }

        if (Memory is null)
        {
            return "No cgroup can hold a process to Lambda's memory here.";
        }

        using var trial = Process.Start(new ProcessStartInfo("sh", ["-c", "command -v setpriv && unshare --mount true"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        trial.WaitForExit();
        return trial.ExitCode == 0 ? null : "unshare or setpriv is missing, or not allowed.";
    }

    private static DirectoryInfo Cgroup()
    {
        var (folder, limit) = Memory!.Value;
        var cgroup = Directory.CreateDirectory(Path.Combine(folder, $"lambda-{Guid.NewGuid():N}"));
        File.WriteAllText(Path.Combine(cgroup.FullName, limit), MemoryBytes.ToString(CultureInfo.InvariantCulture));
        return cgroup;
    }
}
