using System.Diagnostics;
using Gateway.Tests.Hosts;
using Xunit;

namespace Aws.Deployment.Tests.Hosts;

/// <summary>A run of the tool as its users start it, in a process of its own.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    // From its own folder: in this one it would find the libraries of the tests.
    public static string Folder { get; } = Repository.PathOf("Aws.Deployment", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0");

    public static Task<ToolRun> OfAsync(params string[] args) => OfAsync(new Dictionary<string, string>(), args);

    public static Task<ToolRun> OfAsync(IReadOnlyDictionary<string, string> environment, params string[] args) => OfAsync(environment, "", args);

    /// <param name="environment">What is set beside this process's own.</param>
    /// <param name="input">What is typed.</param>
    public static Task<ToolRun> OfAsync(IReadOnlyDictionary<string, string> environment, string input, string[] args) => OfAsync(Folder, environment, input, args);

    /// <param name="folder">Where the tool is.</param>
    public static async Task<ToolRun> OfAsync(string folder, IReadOnlyDictionary<string, string> environment, string input, string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "Aws.Deployment.dll"), .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        start.Environment.Remove("OPENAI_API_KEY");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var token = TestContext.Current.CancellationToken;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(token), process.StandardError.ReadToEndAsync(token));
        await process.WaitForExitAsync(token);
        return new ToolRun(process.ExitCode, await output, await error);
    }
}
