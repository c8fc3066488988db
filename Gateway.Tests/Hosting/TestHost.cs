using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Gateway.Tests.Hosting;

/// <summary>Applications made of shell scripts and of this solution's projects.</summary>
internal static class TestHost
{
    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static IDistributedApplicationTestingBuilder CreateBuilder(params string[] args)
    {
        var builder = DistributedApplicationTestingBuilder.Create(args, (options, _) => options.AssemblyName = "AppHost");
        builder.Services.AddLogging(logging => logging.ClearProviders());
        return builder;
    }

    /// <summary>Adds a resource that runs a script.</summary>
    public static IResourceBuilder<ExecutableResource> AddShell(this IDistributedApplicationBuilder builder, string name, string script)
        => builder.AddExecutable(name, "sh", ".", "-c", script);

    public static IResourceBuilder<ProjectResource> AddLocalModel(this IDistributedApplicationBuilder builder, string name)
        => builder.AddProject<Projects.Local_Model>(name, launchProfileName: null).WithHttpEndpoint().WithHttpHealthCheck("/", statusCode: 404);

    public static async Task<DistributedApplication> StartAsync(this IDistributedApplicationTestingBuilder builder)
    {
        var app = await builder.BuildAsync(Token);
        await app.StartAsync(Token);
        return app;
    }

    public static Task<ResourceEvent> StateAsync(this DistributedApplication app, string resource, string state)
        => app.ResourceNotifications.WaitForResourceAsync(resource, change => change.Snapshot.State?.Text == state, Token);

    /// <summary>All lines that a resource has written, once one of them is as wanted.</summary>
    public static async Task<IReadOnlyList<string>> LinesAsync(this DistributedApplication app, string resource, Predicate<string> last)
    {
        var lines = new List<string>();
        await foreach (var batch in app.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(resource).WithCancellation(Token))
        {
            lines.AddRange(batch.Select(line => line.Content));
            if (lines.Exists(last))
            {
                break;
            }
        }

        return lines;
    }

    /// <summary>Adds a resource that writes down its environment. It is no shell: some shells lose variables.</summary>
    public static IResourceBuilder<ExecutableResource> AddEnvironmentWriter(this IDistributedApplicationBuilder builder, string name)
        => builder.AddExecutable(name, "env", ".");

    public static async Task<Dictionary<string, string>> EnvironmentAsync(this DistributedApplication app, string resource)
    {
        await app.StateAsync(resource, KnownResourceStates.Finished);
        var lines = await app.LinesAsync(resource, _ => true);
        return lines.Select(line => line.Split('=', 2)).Where(parts => parts.Length == 2)
            .DistinctBy(parts => parts[0])
            .ToDictionary(parts => parts[0], parts => parts[1]);
    }
}
