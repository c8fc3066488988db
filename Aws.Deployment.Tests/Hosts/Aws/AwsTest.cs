using Aws.Deployment.Configuration;
using Aws.Deployment.Operations;
using Aws.Deployment.Operations.Aws;
using Aws.Deployment.Operations.Cdk;
using Aws.Deployment.Packages;
using Microsoft.Extensions.Configuration;
using ServiceDefaults.Aws;
using Xunit;

namespace Aws.Deployment.Tests.Hosts.Aws;

/// <summary>A test with an AWS of its own.</summary>
public abstract class AwsTest : IAsyncLifetime
{
    internal static readonly DeploymentOptions Dev = DeploymentOptionsReader.Read("dev");

    private readonly HttpClient _http = new();

    private protected LoopbackAws Aws { get; private set; } = null!;

    private protected AwsApi Api { get; private set; } = null!;

    private protected DirectRun Run { get; private set; } = null!;

    protected string Folder { get; } = Directory.CreateTempSubdirectory("assembly-").FullName;

    protected StringWriter Output { get; } = new();

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected static TimeSpan Interval => TimeSpan.FromMilliseconds(1);

    public async ValueTask InitializeAsync()
    {
        Aws = await LoopbackAws.StartAsync();
        Api = new AwsApi(_http, new AwsSession(new AwsCredentials("AKIDOFTHETEST", "aws-access-of-the-test"), LoopbackAws.Region, Aws.Address), TimeProvider.System);
        Run = new DirectRun(Api);
    }

    public async ValueTask DisposeAsync()
    {
        await Aws.DisposeAsync();
        _http.Dispose();
        await Output.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected Task<DeployResult> DeployAsync(CloudAssembly assembly, DeploymentOptions? options = null, bool isAgreed = false, string? openAIKey = null, string? page = null)
    {
        var source = new DeploySource(_ => Task.FromResult(new DeployContent(assembly, new PublishedServices(Folder), [], page ?? Directory.CreateDirectory(Path.Combine(Folder, "page")).FullName)), (_, _) => Task.FromResult(Run.Tool));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Aws.Environment!).Build();
        return new Deployer(options ?? Dev, source, configuration, _http, Output, Interval, TimeProvider.System).RunAsync(isAgreed, openAIKey, Token);
    }
}
