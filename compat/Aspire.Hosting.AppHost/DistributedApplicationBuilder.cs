using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Containers;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Logging;
using Aspire.Hosting.Orchestration;
using Aspire.Hosting.ResourceService;
using Aspire.Hosting.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Configuration.UserSecrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <inheritdoc />
public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly DistributedApplicationOptions _options;
    private readonly AppHost _appHost;
    private readonly ApplicationCapture? _capture = ApplicationCapture.Current;

    public DistributedApplicationBuilder(string[] args)
        : this(new DistributedApplicationOptions { Args = args })
    {
    }

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
        : this(options, static (_, _) => { })
    {
    }

    internal DistributedApplicationBuilder(DistributedApplicationOptions options, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    {
        _options = options;
        var settings = new HostApplicationBuilderSettings { Args = options.Args, Configuration = new ConfigurationManager() };
        configure(options, settings);
        _capture?.Configure(options, settings);
        _appHost = AppHost.Find(options);
        settings.Args = options.Args;
        settings.ApplicationName ??= _appHost.Assembly?.GetName().Name;
        settings.ContentRootPath ??= _appHost.Directory;
        var given = settings.Configuration.AsEnumerable().ToList();
        _host = new HostApplicationBuilder(settings);
        AddUserSecrets(given);
        ConfigureLogging();
        AddServices();
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public string AppHostDirectory => _appHost.Directory;

    public Assembly? AppHostAssembly => _appHost.Assembly;

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public IDistributedApplicationEventing Eventing { get; } = new DistributedApplicationEventing();

    public DistributedApplicationExecutionContext ExecutionContext { get; } = new(DistributedApplicationOperation.Run);

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        if (Resources.TryGetByName(resource.Name, out var other))
        {
            throw new DistributedApplicationException($"There is a resource '{other.Name}' already: the name '{resource.Name}' cannot be given twice.");
        }

        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource
        => new DistributedApplicationResourceBuilder<T>(this, resource);

    public DistributedApplication Build()
    {
        _capture?.Building(this);
        if (!_options.DisableDashboard)
        {
            DashboardSetup.Add(this);
        }

        var application = new DistributedApplication(_host.Build());
        _capture?.Built(application);
        return application;
    }

    // Below the environment and the command line, above the files; in every environment, since generated values are kept there.
    private void AddUserSecrets(IEnumerable<KeyValuePair<string, string?>> given)
    {
        if (AppHostAssembly?.GetCustomAttribute<UserSecretsIdAttribute>() is { } secrets)
        {
            var path = PathHelper.GetSecretsPathFromSecretsId(secrets.UserSecretsId);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var sources = ((IConfigurationBuilder)Configuration).Sources;
            var lastFile = sources.Select((source, index) => source is JsonConfigurationSource ? index : -1).Max();
            sources.Insert(lastFile + 1, new JsonConfigurationSource
            {
                FileProvider = new PhysicalFileProvider(Path.GetDirectoryName(path)!),
                Path = Path.GetFileName(path),
                Optional = true,
            });

            // The insertion makes all sources read again, which loses what was set directly.
            sources.Insert(0, new MemoryConfigurationSource { InitialData = given });
        }
    }

    private void ConfigureLogging()
    {
        // The host says in its own words that it has started, and a health check that still fails is a state, not an error.
        _host.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        _host.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
    }

    private void AddServices()
    {
        var services = _host.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddHealthChecks();
        services.AddSingleton(Eventing);
        services.AddSingleton(ExecutionContext);
        services.AddSingleton(_appHost);
        services.AddSingleton(new DistributedApplicationModel(Resources));
        services.AddSingleton<ResourceLogForwarder>();
        services.AddSingleton(provider =>
        {
            var loggers = new ResourceLoggerService();
            Action<string, LogLine> write = _options.EnableResourceLogging ? provider.GetRequiredService<ResourceLogForwarder>().Write : ResourceConsole.Create().Write;

            // What is to be known of the dashboard the host says itself.
            loggers.LineWritten += (id, line) => (id == DashboardSetup.ResourceName ? static (_, _) => { } : write)(id, line);
            return loggers;
        });
        services.AddSingleton(provider => new ResourceNotificationService(
            provider.GetRequiredService<IHostApplicationLifetime>(),
            _options.DisableDashboard ? WaitBehavior.StopOnResourceUnavailable : WaitBehavior.WaitOnResourceUnavailable));
        services.AddSingleton(provider => new ResourceCommandService(provider.GetRequiredService<ApplicationOrchestrator>().ExecuteAsync));
        services.AddSingleton<ContainerEngine>();
        services.AddSingleton<ProcessSpecFactory>();
        services.AddSingleton<OtlpTarget>();
        services.AddSingleton<SecretValues>();
        services.AddSingleton<ResourceMessages>();
        services.AddSingleton<ResourceFeed>();
        services.AddSingleton<ConsoleFeed>();
        services.AddSingleton(new DashboardApplicationName(_options.DashboardApplicationName ?? Environment.ApplicationName));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ResourceServices>(provider, provider.GetRequiredService<HealthCheckService>(), provider));
        services.AddSingleton<ApplicationOrchestrator>();
        services.AddHostedService(provider => provider.GetRequiredService<ApplicationOrchestrator>());
    }
}
