var builder = DistributedApplication.CreateBuilder(args);

var model = builder.AddProject<Projects.Local_Model>("model", launchProfileName: null)
    .WithHttpEndpoint(port: 8000)
    .WithHttpHealthCheck("/", statusCode: 404);

builder.AddProject<Projects.Gateway_Api>("gateway", launchProfileName: null)
    .WithHttpEndpoint(port: 8080)
    .WithExternalHttpEndpoints()
    .WithReference(model).WaitFor(model)
    .WithEnvironment("Gateway__Providers__local__BaseUrl", $"{model.GetEndpoint("http")}/v1")
    .WithHttpHealthCheck("/", statusCode: 404);

await builder.Build().RunAsync();
