using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Runs an AppHost's entry point for a test: without dashboard, on random ports, and with the resources' output in the test's logging.</summary>
public static class DistributedApplicationTestingBuilder
{
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class
        => CreateAsync<TEntryPoint>([], cancellationToken);

    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class
        => RunAsync(typeof(TEntryPoint), args, static (_, _) => { }, cancellationToken);

    /// <typeparam name="TEntryPoint">A type of the AppHost's assembly: <c>Projects.AppHost</c>.</typeparam>
    /// <param name="args">The command line to run the entry point with.</param>
    /// <param name="configureBuilder">Changes how the application is set up.</param>
    /// <param name="cancellationToken">Ends the wait for the entry point.</param>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder, CancellationToken cancellationToken = default)
        => RunAsync(typeof(TEntryPoint), args, configureBuilder, cancellationToken);

    /// <summary>Starts from an empty application instead of an AppHost's.</summary>
    public static IDistributedApplicationTestingBuilder Create(params string[] args) => Create(args, static (_, _) => { });

    public static IDistributedApplicationTestingBuilder Create(
        string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    {
        var builder = new DistributedApplicationBuilder(
            new DistributedApplicationOptions { Args = args }, (options, settings) => Configure(options, settings, configureBuilder));
        return new TestingBuilder(builder, _ => Task.FromResult(builder.Build()), () => Task.CompletedTask);
    }

    private static async Task<IDistributedApplicationTestingBuilder> RunAsync(
        Type entryPoint,
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder,
        CancellationToken cancellationToken)
    {
        var main = entryPoint.Assembly.EntryPoint ?? throw new ArgumentException($"The assembly of {entryPoint} has no entry point.", nameof(entryPoint));
        var capture = new ApplicationCapture((options, settings) =>
        {
            options.AssemblyName = entryPoint.Assembly.GetName().Name;
            Configure(options, settings, configureBuilder);
        });
        var builder = await capture.RunAsync(
            () => main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, main.GetParameters().Length > 0 ? [args] : [], null), cancellationToken);
        return new TestingBuilder(builder, capture.BuildAsync, () => capture.EntryPointEndsAsync(started: false));
    }

    private static void Configure(
        DistributedApplicationOptions options,
        HostApplicationBuilderSettings settings,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    {
        options.DisableDashboard = true;
        options.EnableResourceLogging = true;
        settings.Configuration!["DcpPublisher:RandomizePorts"] = "true";
        configureBuilder(options, settings);
    }
}
