using System.Diagnostics;

namespace AppHost;

/// <summary>
/// The Redis that the services share, from what this machine has: the official container where an engine answers, else redis-server
/// where it is installed, else Garnet, which is fetched as a .NET tool. Its data outlives a run.
/// </summary>
internal static class SharedState
{
    private const string Name = "redis";
    private const string Endpoint = "tcp";

    private static readonly TimeSpan EnginePatience = TimeSpan.FromSeconds(2);

    /// <summary>Adds Redis, says which and why in one line, and returns what connects services to it; null where none is to be had.</summary>
    public static SharedStateConnection? AddSharedState(this IDistributedApplicationBuilder builder, StateFolder state, int port)
    {
        if (Succeeds("docker", "info"))
        {
            Console.WriteLine("Redis: the official container (a container engine answers).");
            return new SharedStateConnection(builder.AddRedis(Name, port).WithDataVolume().WithPersistence());
        }

        var folder = state.FolderOf(Name);
        if (Succeeds("redis-server", "--version"))
        {
            Console.WriteLine("Redis: redis-server (no container engine answers, and it is on the PATH).");
            return Listening(builder.AddExecutable(Name, "redis-server", folder, "--dir", folder, "--appendonly", "yes", "--bind", "127.0.0.1"), port);
        }

        if (Garnet.Find(builder.AppHostDirectory) is { } garnet)
        {
            Console.WriteLine("Redis: Garnet (no container engine answers, and redis-server is not on the PATH).");
            return Listening(builder.AddExecutable(Name, "dotnet", folder, [garnet, .. Garnet.Arguments(folder)]), port);
        }

        Console.WriteLine("Redis: none (no container engine, no redis-server, and Garnet could not be fetched); API keys are kept in a file.");
        return null;
    }

    private static SharedStateConnection Listening(IResourceBuilder<ExecutableResource> server, int port)
    {
        server.WithEndpoint(port: port, name: Endpoint, scheme: "redis");
        var endpoint = server.GetEndpoint(Endpoint);
        server.WithArgs(context =>
        {
            context.Args.Add("--port");
            context.Args.Add(endpoint.Property(EndpointProperty.TargetPort));
        });
        return new SharedStateConnection(server, endpoint);
    }

    private static bool Succeeds(string command, string argument)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, argument) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (process.WaitForExit(EnginePatience))
            {
                return process.ExitCode == 0;
            }

            process.Kill();
            return false;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no such command.
            return false;
        }
    }
}
