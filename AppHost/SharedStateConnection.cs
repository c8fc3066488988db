namespace AppHost;

/// <summary>How a service finds the shared Redis: as <c>ConnectionStrings:redis</c>, whichever Redis it is.</summary>
internal sealed class SharedStateConnection
{
    private readonly IResourceBuilder<IResource> _server;
    private readonly IResourceBuilder<RedisResource>? _container;
    private readonly EndpointReference? _endpoint;

    public SharedStateConnection(IResourceBuilder<RedisResource> container) => (_server, _container) = (container, container);

    public SharedStateConnection(IResourceBuilder<ExecutableResource> server, EndpointReference endpoint) => (_server, _endpoint) = (server, endpoint);

    public void ConnectTo(IResourceBuilder<ProjectResource> service)
    {
        service.WaitFor(_server);
        if (_container is not null)
        {
            service.WithReference(_container);
        }
        else
        {
            service.WithEnvironment("ConnectionStrings__redis", $"{_endpoint!.Property(EndpointProperty.Host)}:{_endpoint.Property(EndpointProperty.Port)}");
        }
    }
}
