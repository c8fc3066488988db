namespace Gateway.Tests.Hosting;

/// <summary>A script in docker's place, first on a search path, which writes down how it was called.</summary>
internal sealed class FakeDocker : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gateway-tests-docker-");

    /// <param name="info">What <c>docker info</c> does, as shell commands.</param>
    /// <param name="run">What <c>docker run</c> does, as shell commands: <c>$*</c> are its arguments, <c>$port</c> is the port of this machine that leads to the container.</param>
    public FakeDocker(string info, string run = "exit 125") => AddCommand("docker", $"""
        (IFS='|'; echo "$*") >> {CallsFile}
        for argument; do
          case $argument in 127.0.0.1:*:*) port=$(echo "$argument" | cut -d: -f2) ;; esac
        done
        case $1 in
          info) {info} ;;
          run) {run} ;;
        esac
        """);

    /// <summary>A <c>PATH</c> on which this docker comes first.</summary>
    public string SearchPath => $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}";

    /// <summary>The arguments of each call, with a bar between them.</summary>
    public IReadOnlyList<string> Calls => File.ReadAllLines(CallsFile);

    private string CallsFile => Path.Combine(_folder.FullName, "calls");

    /// <summary>Puts another command beside docker.</summary>
    public void AddCommand(string name, string script)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>What a container was last run with.</summary>
    public string RunOf(string id) => Calls.Last(call => call.StartsWith($"run|--name|{id}|", StringComparison.Ordinal));

    /// <summary>Where a container's port is published, such as <c>127.0.0.1:40123:8000</c>.</summary>
    public string PublishedBy(string id) => RunOf(id).Split("--publish|")[1].Split('|')[0];

    public void Dispose() => _folder.Delete(recursive: true);
}
