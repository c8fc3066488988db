namespace AppHost;

/// <summary>
/// The Redis that the services share, from what this machine has: the official container where an engine answers, else redis-server
/// where it is installed, else Garnet, which is fetched as a .NET tool. Its data outlives a run.
/// </summary>
internal static class SharedState
{
    private const string Name = "redis";
    private const string Endpoint = "tcp";

    /// <summary>Adds Redis, says which and why in one line, and returns what connects services to it; null where none is to be had.</summary>
    public static SharedStateConnection? AddSharedState(this IDistributedApplicationBuilder builder, Machine machine, StateFolder state, int port)
    {
        if (machine.HasContainerEngine)
        {
            Console.WriteLine("Redis: the official container (a container engine answers).");
            return new SharedStateConnection(builder.AddRedis(Name, port).WithDataVolume().WithPersistence());
        }

        var folder = state.FolderOf(Name);
        if (machine.HasRedisServer)
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
}
