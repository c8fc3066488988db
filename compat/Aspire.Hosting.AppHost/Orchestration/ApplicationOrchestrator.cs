using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Orchestration;

/// <summary>Starts all resources with the application, each as soon as its dependencies allow, and stops them together.</summary>
internal sealed class ApplicationOrchestrator(DistributedApplicationModel model, IConfiguration configuration, ResourceServices services) : IHostedService, IDisposable
{
    private ImmutableDictionary<string, ResourceController> _controllers = ImmutableDictionary.Create<string, ResourceController>(StringComparer.OrdinalIgnoreCase);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var randomizePorts = configuration.GetValue<bool>("DcpPublisher:RandomizePorts");
        var completed = model.Resources.SelectMany(resource => resource.Annotations.OfType<WaitAnnotation>())
            .Where(wait => wait.WaitType == WaitType.WaitForCompletion)
            .Select(wait => wait.Resource)
            .ToHashSet();

        // All addresses are known before the first process asks for one.
        _controllers = model.Resources.Where(resource => resource is ProjectResource or ExecutableResource or ContainerResource)
            .ToImmutableDictionary(
                resource => resource.Name,
                resource => new ResourceController(resource, completed.Contains(resource), randomizePorts, services),
                StringComparer.OrdinalIgnoreCase);
        await Task.WhenAll(_controllers.Values.Select(controller => controller.AllocateAsync()));
        foreach (var parameter in model.Resources.OfType<ParameterResource>())
        {
            await PublishAsync(parameter);
        }

        await Task.WhenAll(model.Resources
            .Where(resource => _controllers.ContainsKey(resource.Name) && !resource.HasAnnotationOfType<ExplicitStartupAnnotation>())
            .Select(resource => _controllers[resource.Name].StartAsync(cancellationToken)));
        await services.Eventing.PublishAsync(new AfterResourcesCreatedEvent(services.Provider, model), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken)
        => Task.WhenAll(_controllers.Values.Select(controller => controller.StopAsync(cancellationToken)));

    /// <summary>Ends what a stop under way is still waiting for.</summary>
    public void Kill()
    {
        foreach (var controller in _controllers.Values)
        {
            controller.Kill();
        }
    }

    public async Task ExecuteAsync(string resourceId, string commandName, CancellationToken cancellationToken)
    {
        var controller = _controllers.Values.FirstOrDefault(controller => controller.Replicas.Any(replica => string.Equals(replica.Id, resourceId, StringComparison.OrdinalIgnoreCase)))
            ?? _controllers.GetValueOrDefault(resourceId)
            ?? throw new InvalidOperationException($"There is no resource '{resourceId}' with commands.");
        if (commandName == KnownResourceCommands.StopCommand || commandName == KnownResourceCommands.RestartCommand)
        {
            await controller.StopAsync(cancellationToken);
        }

        if (commandName == KnownResourceCommands.StartCommand || commandName == KnownResourceCommands.RestartCommand)
        {
            await controller.StartAsync(cancellationToken);
        }
        else if (commandName != KnownResourceCommands.StopCommand)
        {
            throw new InvalidOperationException($"The resource '{resourceId}' has no command '{commandName}'.");
        }
    }

    public void Dispose()
    {
        foreach (var controller in _controllers.Values)
        {
            controller.Dispose();
        }
    }

    private async Task PublishAsync(ParameterResource parameter)
    {
        ResourceStateSnapshot state = new(KnownResourceStates.Running, KnownResourceStateStyles.Success);
        string? value = null;
        try
        {
            value = await ((IValueProvider)parameter).GetValueAsync(new ValueProviderContext { Secrets = services.Secrets });
        }
        catch (DistributedApplicationException exception)
        {
            services.Loggers.LogOf(parameter.Name).Write(exception.Message, isError: true);
            state = new(KnownResourceStates.ValueMissing, KnownResourceStateStyles.Warn);
        }

        await services.Notifications.PublishUpdateAsync(parameter, snapshot => snapshot with
        {
            State = state,
            Properties = [new ResourcePropertySnapshot("Value", value) { IsSensitive = parameter.Secret }],
            Ready = Task.CompletedTask,
        });
    }
}
