namespace AppHost;

/// <summary>How the gateway finds the local model, whichever it is.</summary>
/// <param name="server">Answers to the provider <c>local</c>.</param>
/// <param name="description">What it is, to a newcomer.</param>
/// <param name="embeddings">Answers to the alias <c>local-embeddings</c> where <paramref name="server"/> does not.</param>
internal sealed class LocalModelConnection(
    IResourceBuilder<IResourceWithEndpoints> server, string description, IResourceBuilder<ProjectResource>? embeddings = null)
{
    public string Description => description;

    public void ConnectTo(IResourceBuilder<ProjectResource> gateway)
    {
        var endpoint = server.GetEndpoint("http");
        gateway.WithReference(endpoint).WaitFor(server).WithEnvironment("Gateway__Providers__local__BaseUrl", $"{endpoint}/v1");
        if (embeddings is not null)
        {
            gateway.WithReference(embeddings)
                .WaitFor(embeddings)
                .WithEnvironment("Gateway__Providers__embeddings__Type", "OpenAI")
                .WithEnvironment("Gateway__Providers__embeddings__BaseUrl", $"{embeddings.GetEndpoint("http")}/v1")
                .WithEnvironment("Gateway__Models__local-embeddings__Targets__0__Provider", "embeddings")
                .WithEnvironment("Gateway__Prices__embeddings/local-embeddings__Input", "0");
        }
    }
}
