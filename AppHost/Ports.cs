using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using Microsoft.Extensions.Configuration;

namespace AppHost;

/// <summary>The public ports: their defaults, the settings that move them, and whether they are free.</summary>
internal sealed class Ports(IConfiguration settings)
{
    /// <summary>Set by Aspire's testing builder: every endpoint gets a random port, so that none can be taken.</summary>
    private const string RandomPorts = "DcpPublisher:RandomizePorts";

    private readonly List<string> _faults = [];
    private readonly Dictionary<int, string> _owners = [];

    public int Of(string resource, int usual)
    {
        var port = usual;
        if (settings[$"Ports:{resource}"] is { } value && !(int.TryParse(value, CultureInfo.InvariantCulture, out port) && port is > 0 and <= IPEndPoint.MaxPort))
        {
            _faults.Add($"Ports:{resource} is '{value}'; it must be a number from 1 to {IPEndPoint.MaxPort}.");
            return usual;
        }

        if (!_owners.TryAdd(port, resource))
        {
            _faults.Add($"Ports:{_owners[port]} and Ports:{resource} are both {port}; each needs a port of its own.");
        }

        return port;
    }

    /// <exception cref="DistributedApplicationException">Names every setting that is no port, every two that are the same, and every port that is taken: who holds it, and the setting that moves it.</exception>
    public Task CheckAsync(DistributedApplicationModel model)
    {
        if (settings.GetValue<bool>(RandomPorts))
        {
            return Task.CompletedTask;
        }

        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
        var clashes = from resource in model.Resources
                      from endpoint in resource.Annotations.OfType<EndpointAnnotation>()
                      where endpoint.Port is { } port && taken.Contains(port)
                      select Describe(resource.Name, endpoint.Port!.Value);
        _faults.AddRange(clashes);
        return _faults.Count == 0 ? Task.CompletedTask : throw new DistributedApplicationException(string.Join(Environment.NewLine, _faults));
    }

    private static string Describe(string resource, int port)
    {
        var holder = PortHolder.Find(port) ?? "another process";
        return $"Port {port}, where '{resource}' is to listen, is in use by {holder}. Stop it, or move '{resource}': --Ports:{resource} {port + 1000} (or Ports__{resource}={port + 1000} in the environment).";
    }
}
