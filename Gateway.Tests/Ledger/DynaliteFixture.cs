using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Gateway.Tests.Hosts;
using Gateway.Tests.Redis;
using Xunit;

namespace Gateway.Tests.Ledger;

/// <summary>DynamoDB's wire protocol on loopback: dynalite, from npm.</summary>
public sealed class DynaliteFixture : IAsyncLifetime
{
    // It says what the servers say that are waited for elsewhere.
    private const string Script = "require(process.argv[1])({ createTableMs: 0 }).listen(+process.argv[2], '127.0.0.1', () => console.log('Ready to accept connections'))";

    private ServerProcess? _server;

    public string Address => $"http://127.0.0.1:{_server!.Port}";

    public async ValueTask InitializeAsync() => _server = await ServerProcess.StartAsync((port, _) =>
        ["node", "-e", Script, Repository.PathOf("Gateway.Tests", "Clients", "npm", "node_modules", "dynalite"), $"{port}"]);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    /// <summary>Ends it; what it held is gone.</summary>
    public Task KillAsync() => _server!.KillAsync();

    public AmazonDynamoDBClient Client(HttpClientFactory? http = null) =>
        new(new BasicAWSCredentials("test", "test"), new AmazonDynamoDBConfig { ServiceURL = Address, AuthenticationRegion = "eu-central-1", MaxErrorRetry = 0, HttpClientFactory = http });
}
