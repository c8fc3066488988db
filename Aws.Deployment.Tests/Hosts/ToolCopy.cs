using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Aws.Deployment.Tests.Hosts;

/// <summary>The tool with an environment's file of the test's own, as if somebody had changed it. Its other files are the same ones, by hard links.</summary>
internal sealed class ToolCopy : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetDirectoryName(ToolRun.Folder)!, $"copy-{Guid.NewGuid():N}");

    public static ToolCopy With(string environment, JsonObject file)
    {
        var copy = new ToolCopy();
        using var link = Process.Start("cp", ["--archive", "--link", ToolRun.Folder, copy._folder]);
        link.WaitForExit();
        var path = Path.Combine(copy._folder, "environments", $"{environment}.json");
        File.Delete(path);
        File.WriteAllText(path, file.ToJsonString());
        return copy;
    }

    public Task<ToolRun> RunAsync(IReadOnlyDictionary<string, string> environment, string[] args) => ToolRun.OfAsync(_folder, environment, "", args);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
