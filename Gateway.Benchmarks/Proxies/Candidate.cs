using Gateway.Benchmarks.Servers;

namespace Gateway.Benchmarks.Proxies;

/// <summary>A server that is compared with others under the same load.</summary>
/// <param name="Server">The process that takes the load.</param>
/// <param name="Script">What wrk sends it.</param>
internal sealed record Candidate(ServerProcess Server, string Script)
{
    /// <summary>What the tables call it.</summary>
    public string Name { get; init; } = Server.Name;

    /// <summary>Whose CPU time and memory are told; the server alone unless it stands before others.</summary>
    public IReadOnlyList<ServerProcess> Processes { get; init; } = [Server];

    /// <summary>Ends when nothing of the load is left to do, so that it does not run into the next slice; told how many requests were answered.</summary>
    public Func<long, Task> SettledAsync { get; init; } = _ => Task.CompletedTask;
}
