using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
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
        => CreateAsync(typeof(TEntryPoint), args, static (_, _) => { }, cancellationToken);

    /// <typeparam name="TEntryPoint">A type of the AppHost's assembly: <c>Projects.AppHost</c>.</typeparam>
    /// <param name="args">The command line to run the entry point with.</param>
    /// <param name="configureBuilder">Changes how the application is set up.</param>
    /// <param name="cancellationToken">Ends the wait for the entry point.</param>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder, CancellationToken cancellationToken = default)
        => CreateAsync(typeof(TEntryPoint), args, configureBuilder, cancellationToken);

    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync(
        Type entryPoint,
        string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder,
        CancellationToken cancellationToken = default)
    {
        var main = entryPoint.Assembly.EntryPoint ?? throw new ArgumentException($"The assembly of {entryPoint} has no entry point.", nameof(entryPoint));
        var capture = new ApplicationCapture((options, settings) =>
        {
            options.AssemblyName = entryPoint.Assembly.GetName().Name;
            options.DisableDashboard = true;
            options.EnableResourceLogging = true;
            settings.Configuration!["DcpPublisher:RandomizePorts"] = "true";
            configureBuilder(options, settings);
        });
        var builder = await capture.RunAsync(
            () => main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, main.GetParameters().Length > 0 ? [args] : [], null), cancellationToken);
        builder.Services.AddSingleton<IHostLifetime, TestLifetime>();
        return new TestingBuilder(builder, capture);
    }
}
