using System.Globalization;
using System.Net.NetworkInformation;
using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.ResourceService;
using Aspire.Hosting.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>
/// Makes the dashboard one more resource, hidden: what keeps it from coming up, or ends it, is told in one line, and the application runs
/// without. Resources that send telemetry wait a little while it is fetched, and are told of no address where nobody will listen. Addresses and keys come from the settings that official AppHosts have; keys are made where none are set.
/// </summary>
internal sealed partial class DashboardSetup
{
    public const string ResourceName = "aspire-dashboard";

    private const string BrowserTokenSetting = "AppHost:BrowserToken";
    private readonly IResourceBuilder<ExecutableResource> _dashboard;
    private readonly IDistributedApplicationBuilder _builder;
    private readonly DashboardTool _tool;
    private readonly string _browserToken;
    private readonly string _otlpApiKey;
    private readonly TaskCompletionSource _fetched = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DashboardSetup(IDistributedApplicationBuilder builder)
    {
        _builder = builder;
        _tool = new DashboardTool(builder.Configuration, TimeProvider.System);
        _browserToken = builder.Configuration[BrowserTokenSetting] ?? NewKey();
        _otlpApiKey = builder.Configuration[OtlpTarget.ApiKeySetting] ?? NewKey();
        _dashboard = builder.CreateResourceBuilder(new ExecutableResource(ResourceName, _tool.Program, builder.AppHostDirectory));
    }

    public static void Add(IDistributedApplicationBuilder builder)
    {
        var setup = new DashboardSetup(builder);
        setup.Describe();
        builder.Services.AddSingleton(provider => new ResourceServiceHost(
            builder.Configuration, provider.GetRequiredService<ILoggerFactory>(), ActivatorUtilities.CreateInstance<DashboardMethods>(provider)));
        builder.Eventing.Subscribe<BeforeStartEvent>(setup.BeforeStartAsync);
        builder.Eventing.Subscribe<AfterResourcesCreatedEvent>(setup.OpenResourceServiceAsync);
    }

    private void Describe()
    {
        var frontend = _builder.Configuration["ASPNETCORE_URLS"]?.Split(';')[0];
        _dashboard
            .WithEndpoint(PortOf(frontend), scheme: "http", name: "http", isProxied: false)
            .WithEndpoint(PortOf(OtlpTarget.Configured(_builder.Configuration)), scheme: "http", name: "otlp-grpc", isProxied: false)
            .WithEndpoint(scheme: "http", name: "otlp-http", isProxied: false)
            .WithHttpHealthCheck("/health")
            .WithArgs(
                "dashboard", "run", "--nologo", "--non-interactive",
                "--frontend-url", _dashboard.GetEndpoint("http"),
                "--otlp-grpc-url", _dashboard.GetEndpoint("otlp-grpc"),
                "--otlp-http-url", _dashboard.GetEndpoint("otlp-http"))
            .WithAnnotation(new ResourceSnapshotAnnotation(new CustomResourceSnapshot { ResourceType = "Executable", Properties = [], IsHidden = true }))
            .OnBeforeResourceStarted((_, start, cancellationToken) => FetchAsync(start.Services, cancellationToken))
            .OnResourceReady((_, ready, _) =>
            {
                var url = _dashboard.GetEndpoint("http").Url;
                Listening(LoggerOf(ready.Services), url);
                Login(LoggerOf(ready.Services), url, _browserToken);
                return Task.CompletedTask;
            });
    }

    // After the application's own subscribers, so that a port that only the dashboard misses is not taken for a reason not to start.
    private Task BeforeStartAsync(BeforeStartEvent start, CancellationToken cancellationToken)
    {
        var telemetry = start.Services.GetRequiredService<OtlpTarget>();
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
        var endpoints = _dashboard.Resource.Annotations.OfType<EndpointAnnotation>().ToDictionary(endpoint => endpoint.Name);
        var others = start.Model.Resources.SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>(), (resource, endpoint) => (endpoint.Port, resource.Name))
            .ToLookup(other => other.Port, other => other.Name);

        // Where it listens the resources are told once it is fetched.
        (telemetry.Endpoint, telemetry.ApiKey) = (null, null);
        var obstacle = endpoints["http"].Port is not { } port ? _tool.Obstacle()
            : others[port].FirstOrDefault() is { } other ? string.Create(CultureInfo.InvariantCulture, $"port {port} is that of '{other}'")
            : taken.Contains(port) ? string.Create(CultureInfo.InvariantCulture, $"port {port} is in use")
            : _tool.Obstacle();
        if (obstacle is not null)
        {
            Skipped(LoggerOf(start.Services), obstacle);
            return Task.CompletedTask;
        }

        if (endpoints["otlp-grpc"].Port is { } otlp && (taken.Contains(otlp) || others.Contains(otlp)))
        {
            endpoints["otlp-grpc"].Port = null;
        }

        var resourceService = start.Services.GetRequiredService<ResourceServiceHost>();
        _dashboard.WithEnvironment(async context =>
        {
            foreach (var (name, value) in DashboardEnvironment.Of(_browserToken, _otlpApiKey, resourceService.ApiKey, await resourceService.AddressAsync()))
            {
                context.EnvironmentVariables[name] = value;
            }
        });
        var secrets = start.Services.GetRequiredService<SecretValues>();
        Array.ForEach([_browserToken, _otlpApiKey, resourceService.ApiKey], secrets.Add);
        telemetry.Decision = _fetched.Task;
        _builder.Resources.Add(_dashboard.Resource);
        _ = ActivatorUtilities.CreateInstance<DashboardEnds>(start.Services).SayAsync();
        return Task.CompletedTask;
    }

    private async Task FetchAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var (logger, telemetry) = (LoggerOf(services), services.GetRequiredService<OtlpTarget>());
        try
        {
            if (!_tool.IsThere)
            {
                Fetching(logger, _tool.Program);
                await _tool.FetchAsync(cancellationToken);
            }

            (telemetry.Endpoint, telemetry.ApiKey) = (_dashboard.GetEndpoint("otlp-grpc"), _otlpApiKey);
            if (telemetry.WasMissed)
            {
                Late(logger);
            }
        }
        catch (Exception failure) when (failure is DistributedApplicationException or IOException or UnauthorizedAccessException)
        {
            Skipped(logger, failure.Message);
            throw;
        }
        finally
        {
            _fetched.TrySetResult();
        }
    }

    private async Task OpenResourceServiceAsync(AfterResourcesCreatedEvent created, CancellationToken cancellationToken)
    {
        try
        {
            await created.Services.GetRequiredService<ResourceServiceHost>().AddressAsync();
        }
        catch (IOException failure)
        {
            NoResources(LoggerOf(created.Services), failure.Message);
        }
    }

    private int? PortOf(string? url)
        => !_builder.Configuration.GetValue<bool>("DcpPublisher:RandomizePorts") && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Port > 0 ? address.Port : null;

    private static string NewKey() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static ILogger LoggerOf(IServiceProvider services) => services.GetRequiredService<ILogger<DistributedApplication>>();

    [LoggerMessage(11, LogLevel.Information, "Now listening on: {Url}")]
    private static partial void Listening(ILogger logger, string url);

    [LoggerMessage(12, LogLevel.Information, "Login to the dashboard at {Url}/login?t={Token}")]
    private static partial void Login(ILogger logger, string url, string token);

    [LoggerMessage(13, LogLevel.Information, "Fetching the dashboard from npm, once, to {Path}; services that send it telemetry wait for it, half a minute at most …")]
    private static partial void Fetching(ILogger logger, string path);

    [LoggerMessage(14, LogLevel.Warning, "There is no dashboard in this run: {Reason}.")]
    private static partial void Skipped(ILogger logger, string reason);

    [LoggerMessage(15, LogLevel.Warning, "The dashboard shows no resources in this run: {Reason}")]
    private static partial void NoResources(ILogger logger, string reason);

    [LoggerMessage(16, LogLevel.Warning, "The dashboard is fetched; what was started before sends it nothing until it is started again.")]
    private static partial void Late(ILogger logger);
}
