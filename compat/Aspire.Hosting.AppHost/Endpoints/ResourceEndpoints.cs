using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Endpoints;

/// <summary>One resource's endpoints while the application runs: the public ports, kept from start to end, and the replicas behind them.</summary>
internal sealed class ResourceEndpoints(IResource resource, bool randomizePorts) : IDisposable
{
    private readonly List<(EndpointAnnotation Endpoint, PortForwarder Forwarder)> _forwarders = [];

    private IEnumerable<EndpointAnnotation> Endpoints => resource.Annotations.OfType<EndpointAnnotation>();

    /// <exception cref="DistributedApplicationException">A port cannot be listened on. All endpoints have addresses nevertheless.</exception>
    public void Allocate()
    {
        string? failure = null;
        foreach (var endpoint in Endpoints)
        {
            var port = PublicPort(endpoint);
            if (endpoint.IsProxied)
            {
                try
                {
                    var forwarder = PortForwarder.Listen(endpoint.TargetHost, port ?? 0);
                    _forwarders.Add((endpoint, forwarder));
                    port = forwarder.Port;
                }
                catch (SocketException exception)
                {
                    failure ??= $"The resource '{resource.Name}' cannot listen on port {port} for its endpoint '{endpoint.Name}': {exception.Message}.";
                }
            }

            endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", port ?? FreePort.Take(1)[0]);
        }

        if (failure is not null)
        {
            throw new DistributedApplicationException(failure);
        }
    }

    /// <summary>The port that one replica listens on for each endpoint (for a container: the port of this machine that leads to it).</summary>
    public IReadOnlyDictionary<string, int> TakeTargetPorts()
    {
        var endpoints = Endpoints.ToList();
        var free = FreePort.Take(endpoints.Count);
        return endpoints
            .Select((endpoint, i) => KeyValuePair.Create(
                endpoint.Name,
                !endpoint.IsProxied ? endpoint.AllocatedEndpoint!.Port
                    : resource is ContainerResource ? free[i]
                    : endpoint.TargetPort ?? free[i]))
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
    }

    public void Connect(IReadOnlyDictionary<string, int> targetPorts)
        => _forwarders.ForEach(pair => pair.Forwarder.AddTarget(targetPorts[pair.Endpoint.Name]));

    public void Disconnect(IReadOnlyDictionary<string, int> targetPorts)
        => _forwarders.ForEach(pair => pair.Forwarder.RemoveTarget(targetPorts[pair.Endpoint.Name]));

    public void Dispose() => _forwarders.ForEach(pair => pair.Forwarder.Dispose());

    private int? PublicPort(EndpointAnnotation endpoint) => randomizePorts ? null
        : endpoint.Port ?? (endpoint.IsProxied ? null : endpoint.TargetPort);
}
