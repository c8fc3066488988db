using System.Text.Json;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Mcp;

/// <summary>One run of the conformance suite for each revision, of which each scenario is shown as a test.</summary>
public sealed class ConformanceRun : IAsyncLifetime
{
    private readonly DirectoryInfo _results = Directory.CreateTempSubdirectory("conformance-");
    private ConformanceHost? _host;
    private string _output = "";

    public async ValueTask InitializeAsync()
    {
        _host = await ConformanceHost.StartAsync();
        var runs = await Task.WhenAll(RunAsync("2026-07-28"), RunAsync("2025-11-25"));
        _output = string.Concat(runs);
    }

    /// <summary>No check of the scenario has failed; what is only recommended may be missing.</summary>
    public void ShouldHavePassed(string revision, string scenario)
    {
        var folder = Directory.Exists(PathOf(revision)) ? Directory.GetDirectories(PathOf(revision), $"server-{scenario}-2*").SingleOrDefault() : null;
        folder.ShouldNotBeNull(_output);
        using var checks = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "checks.json")));
        checks.RootElement.GetArrayLength().ShouldBeGreaterThan(0);
        var failed = checks.RootElement.EnumerateArray().Where(check => check.GetProperty("status").GetString() is "FAILURE").ToList();
        failed.ShouldBeEmpty(string.Join("\n", failed));
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _results.Delete(recursive: true);
    }

    private async Task<string> RunAsync(string revision)
    {
        var (_, output, errors) = await McpNode.RunAsync(
            CancellationToken.None, "node_modules/.bin/conformance", "server", "--url", _host!.Endpoint.AbsoluteUri, "--requirements", revision, "--output-dir", PathOf(revision));
        return output + errors;
    }

    private string PathOf(string revision) => Path.Combine(_results.FullName, revision);
}
