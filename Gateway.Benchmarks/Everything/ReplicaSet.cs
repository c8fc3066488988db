using System.Globalization;
using Gateway.Benchmarks.Admission;
using Gateway.Benchmarks.Metering;
using Gateway.Benchmarks.Proxies;
using Gateway.Benchmarks.Servers;

namespace Gateway.Benchmarks.Everything;

/// <summary>Gateways with everything on, behind one nginx, with one Redis and one cost worker.</summary>
internal sealed class ReplicaSet : IAsyncDisposable
{
    private readonly MeteredGateway _first;
    private readonly List<ServerProcess> _others;

    private ReplicaSet(MeteredGateway first, List<ServerProcess> others, ServerProcess balancer)
    {
        (_first, _others, Balancer) = (first, others, balancer);
        Candidate = first.Candidate with
        {
            Server = balancer,
            Name = string.Create(CultureInfo.InvariantCulture, $"{others.Count + 1} replicas"),
            Processes = [first.Candidate.Server, .. others],
        };
    }

    /// <summary>Its CPU time and memory are those of the gateways.</summary>
    public Candidate Candidate { get; }

    public ServerProcess Balancer { get; }

    public ServerProcess Redis => _first.Redis;

    public ServerProcess Worker => _first.Worker;

    /// <param name="further">Further environment variables of the gateways.</param>
    public static async Task<ReplicaSet> StartAsync(Uri upstream, Uri sink, DirectoryInfo folder, int replicas, IReadOnlyDictionary<string, string>? further = null)
    {
        var first = await EverythingOn.StartAsync(upstream, sink, folder.CreateSubdirectory("first"), further);
        var others = new List<ServerProcess>();
        for (var number = 2; number <= replicas; number++)
        {
            var settings = new Dictionary<string, string>(EverythingOn.Settings(sink, further))
            {
                ["ConnectionStrings__redis"] = first.Redis.Address.Authority,
                ["Data__Directory"] = folder.CreateSubdirectory($"replica-{number}").FullName,
            };
            others.Add((await GatewayProcess.StartAsync(upstream, $"replica {number}", settings, DistantLimits.OfKey)).Server);
        }

        var gateways = others.Prepend(first.Candidate.Server).Select(gateway => gateway.Address).ToList();
        var balancer = await Nginx.TryStartAsync(gateways, folder.CreateSubdirectory("nginx").FullName)
            ?? throw new InvalidOperationException("nginx is not installed.");
        return new ReplicaSet(first, others, balancer);
    }

    public async ValueTask DisposeAsync()
    {
        Balancer.Dispose();
        _others.ForEach(gateway => gateway.Dispose());
        await _first.DisposeAsync();
    }
}
