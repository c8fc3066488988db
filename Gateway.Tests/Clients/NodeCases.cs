using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Clients;

/// <summary>One run of a script, <c>run.mjs</c> by default, that holds many cases: node is started once, and each case is shown as a test.</summary>
internal sealed class NodeCases
{
    private readonly Dictionary<string, CaseResult> _results = [];
    private string? _failure;

    private NodeCases()
    {
    }

    public IEnumerable<string> Names => _results.Keys;

    /// <param name="folder">Where the script and its packages are.</param>
    /// <param name="environment">What the script is told.</param>
    /// <param name="script">Within the folder.</param>
    public static async Task<NodeCases> RunAsync(string folder, IReadOnlyDictionary<string, string> environment, string script = "run.mjs")
    {
        var cases = new NodeCases();
        if (!File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json")))
        {
            cases._failure = $"{folder} lacks its packages. ./test installs them.";
            return cases;
        }

        var start = new ProcessStartInfo("node", [script]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            await cases.ReadAsync(start);
        }
        catch (Win32Exception missing)
        {
            cases._failure = $"node cannot be started ({missing.Message}). ./test installs it.";
        }

        return cases;
    }

    public void ShouldHavePassed(string name)
    {
        _failure.ShouldBeNull();
        _results.ShouldContainKey(name);
        var result = _results[name];
        Assert.SkipWhen(result.Skipped is not null, result.Skipped ?? "");
        result.Ok.ShouldBeTrue(result.Error);
        if (result.Said is { } said)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(said);
        }
    }

    private async Task ReadAsync(ProcessStartInfo start)
    {
        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync();
        while (await node.StandardOutput.ReadLineAsync() is { } line)
        {
            var result = JsonSerializer.Deserialize<CaseResult>(line, JsonSerializerOptions.Web)!;
            _results.Add(result.Name, result);
        }

        await node.WaitForExitAsync();
        _failure = node.ExitCode == 0 ? null : $"node {start.ArgumentList[0]} ended with {node.ExitCode}: {await errors}";
    }

    /// <param name="Name">The area and what is shown.</param>
    /// <param name="Ok">Whether it was.</param>
    /// <param name="Error">Why it was not.</param>
    /// <param name="Skipped">Why it was not tried.</param>
    /// <param name="Said">What was measured.</param>
    private sealed record CaseResult(string Name, bool Ok, string? Error, string? Skipped, string? Said);
}
