using AppHost;

// The map of the system: every resource, where it listens and what it is wired to.
if (Deployment.IsMeant(args))
{
    return await Deployment.RunAsync(args);
}

if (CommandLine.AnswersAtOnce(args) is { } exitCode)
{
    return exitCode;
}

var options = Dashboard.Options(args);
var builder = DistributedApplication.CreateBuilder(options);
var settings = builder.Configuration;
var state = StateFolder.Of(builder);
var ports = new Ports(settings);
var machine = new Machine(settings);
if (!options.DisableDashboard)
{
    Dashboard.Place(builder, ports.Of("dashboard", 18888));
}

settings.SetDefaultSecret("admin-key", state.AdminKey);
var adminKey = builder.AddParameter("admin-key", secret: true);

// Limits, keys and everything else that replicas share.
var redis = builder.AddSharedState(machine, state, ports.Of("redis", 16379));

// Answers to phi-3-mini: the simulator, or vLLM where it is asked for and a container engine answers.
var model = builder.AddLocalModel(machine, ports.Of("model", 8000));

// Takes in what the gateway says was used, keeps the ledger, gives reports.
var cost = builder.AddProject<Projects.Cost_Worker>("cost", launchProfileName: null)
    .WithHttpEndpoint(port: ports.Of("cost", 8083))
    .WithEnvironment("GATEWAY_ADMIN_KEY", adminKey)
    .WithEnvironment("Data__Directory", state.FolderOf("cost"))
    .WithHttpHealthCheck("/health/ready");

var gateway = builder.AddProject<Projects.Gateway_Api>("gateway", launchProfileName: null)
    .WithHttpEndpoint(port: ports.Of("gateway", 8080))
    .WithExternalHttpEndpoints()
    .WithReference(cost)
    .WithEnvironment("GATEWAY_ADMIN_KEY", adminKey)
    .WithEnvironment("Data__Directory", state.FolderOf("gateway"))
    .WithHttpHealthCheck("/health/ready");

// Alerts watch the gateway too.
cost.WithReference(gateway);

// The catalogue over MCP; whose key a client brings it asks the gateway, behind which it is served too.
var products = builder.AddProject<Projects.Mcp_Products>("products", launchProfileName: null)
    .WithHttpEndpoint(port: ports.Of("products", 8081))
    .WithReference(gateway)
    .WithEnvironment("GATEWAY_ADMIN_KEY", adminKey)
    .WithEnvironment("Data__Directory", state.FolderOf("products"))
    .WithHttpHealthCheck("/health/ready");
gateway.WithReference(products);

// What visitors see. It passes their calls on, lends those who have no key the demo key, and says whose address they come from.
var web = builder.AddProject<Projects.Demo_Web>("web", launchProfileName: null)
    .WithHttpEndpoint(port: ports.Of("web", 8082))
    .WithExternalHttpEndpoints()
    .WithReference(gateway)
    .WaitFor(gateway)
    .WithEnvironment("GATEWAY_ADMIN_KEY", adminKey)
    .WithEnvironment("Data__Directory", state.FolderOf("web"))
    .WithHttpHealthCheck("/health/ready");
if (!options.DisableDashboard)
{
    web.WithEnvironment("Demo__TraceUrl", Dashboard.TraceUrl(settings));
}

gateway.WithEnvironment("Gateway__Access__TrustedProxies__0", "127.0.0.1").WithEnvironment("Gateway__Access__TrustedProxies__1", "::1");

redis?.ConnectTo(cost);
redis?.ConnectTo(gateway);
model.ConnectTo(gateway);
if (settings.HasSecret("openai-api-key"))
{
    gateway.WithEnvironment("OPENAI_API_KEY", builder.AddParameter("openai-api-key", secret: true));
}

if (settings.HasSecret("bedrock-api-key"))
{
    gateway.WithEnvironment("AWS_BEARER_TOKEN_BEDROCK", builder.AddParameter("bedrock-api-key", secret: true));
}

gateway.OnResourceReady((_, _, cancellationToken) => Welcome.SayAsync(gateway.GetEndpoint("http"), web.GetEndpoint("http"), adminKey, model, state, settings, cancellationToken));
builder.Eventing.Subscribe<BeforeStartEvent>((start, _) => ports.CheckAsync(start.Model));

try
{
    await builder.Build().RunAsync();
    return 0;
}
catch (DistributedApplicationException failure)
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 1;
}
