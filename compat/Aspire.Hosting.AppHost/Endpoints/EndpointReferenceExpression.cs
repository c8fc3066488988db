using System.Globalization;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>One part of an endpoint's address.</summary>
public class EndpointReferenceExpression(EndpointReference endpointReference, EndpointProperty property) : IExpressionValue
{
    public EndpointReference Endpoint { get; } = endpointReference;

    public EndpointProperty Property { get; } = property;

    public string ValueExpression => $"{{{Endpoint.Resource.Name}.bindings.{Endpoint.EndpointName}.{Property.ToString().ToLowerInvariant()}}}";

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default) => GetValueAsync(new ValueProviderContext(), cancellationToken);

    public async ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default)
    {
        if (Property is EndpointProperty.TargetPort)
        {
            return TargetPort(context).ToString(CultureInfo.InvariantCulture);
        }

        if (context.Caller is ContainerResource && context.Caller != Endpoint.Resource)
        {
            throw new DistributedApplicationException(
                $"The container '{context.Caller.Name}' refers to '{Endpoint.Resource.Name}', which listens on this machine's loopback address: a container cannot reach it.");
        }

        var allocated = await Endpoint.EndpointAnnotation.Allocation.WaitAsync(cancellationToken);
        return Property switch
        {
            EndpointProperty.Url => allocated.UriString,
            EndpointProperty.Host => allocated.Address,
            EndpointProperty.IPV4Host => "127.0.0.1",
            EndpointProperty.Port => allocated.Port.ToString(CultureInfo.InvariantCulture),
            EndpointProperty.Scheme => allocated.UriScheme,
            EndpointProperty.HostAndPort => allocated.EndPointString,
            _ => throw new InvalidOperationException($"The endpoint property '{Property}' is unknown."),
        };
    }

    private int TargetPort(ValueProviderContext context)
        => (context.Caller == Endpoint.Resource ? context.TargetPorts?.GetValueOrDefault(Endpoint.EndpointName) : null)
            ?? Endpoint.TargetPort
            ?? throw new InvalidOperationException(
                $"The endpoint `{Endpoint.EndpointName}` of the resource `{Endpoint.Resource.Name}` has a target port of its own in each replica.");
}

/// <summary>The parts of an endpoint's address.</summary>
public enum EndpointProperty
{
    Url = 0,
    Host = 1,
    IPV4Host = 2,
    Port = 3,
    Scheme = 4,
    TargetPort = 5,
    HostAndPort = 6,
}
