using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Xunit;

namespace Gateway.Tests.AppHost;

/// <summary>The system as the AppHost's own entry point starts it: real processes on random ports.</summary>
internal static class WholeSystem
{
    /// <param name="data">The folder that its state is kept in.</param>
    /// <param name="args">The AppHost's command line.</param>
    /// <param name="searchPath">Where commands are looked up, if not on this process's <c>PATH</c>.</param>
    /// <returns>The application, and what ends once the gateway is ready and the AppHost has said so.</returns>
    public static async Task<(DistributedApplication App, Task Welcomed)> StartAsync(string data, IReadOnlyList<string> args, string? searchPath = null)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            [$"--Data:Directory={data}", .. args],
            (options, _) => options.Args = searchPath is null ? options.Args : [.. options.Args ?? [], $"--PATH={searchPath}"],
            cancellationToken);
        var welcomed = new TaskCompletionSource();
        builder.Eventing.Subscribe<ResourceReadyEvent>(builder.Resources.Single(resource => resource.Name == "gateway"), (_, _) =>
        {
            welcomed.TrySetResult();
            return Task.CompletedTask;
        });
        var app = await builder.BuildAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        return (app, WelcomedAsync(app, welcomed.Task, cancellationToken));
    }

    private static async Task WelcomedAsync(DistributedApplication app, Task welcomed, CancellationToken cancellationToken)
    {
        await app.ResourceNotifications.WaitForResourceHealthyAsync("gateway", cancellationToken);
        await welcomed.WaitAsync(cancellationToken);
    }
}
