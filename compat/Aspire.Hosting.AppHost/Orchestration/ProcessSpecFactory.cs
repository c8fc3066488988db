using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Containers;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Projects;
using Aspire.Hosting.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Orchestration;

/// <summary>Turns a resource as described into a program to start.</summary>
internal sealed class ProcessSpecFactory(
    IConfiguration configuration,
    IHostEnvironment environment,
    DistributedApplicationExecutionContext execution,
    AppHost appHost,
    ContainerEngine engine,
    OtlpTarget telemetry,
    SecretValues secrets)
{
    /// <exception cref="DistributedApplicationException">The program is missing, or a value it needs is.</exception>
    public async Task<ProcessSpec> CreateAsync(
        IResource resource, string replicaId, IReadOnlyDictionary<string, int> targetPorts, CancellationToken cancellationToken)
    {
        // Inside its container a resource listens where the image says, not on the ports of this machine that lead there.
        var context = new ValueProviderContext
        {
            ExecutionContext = execution,
            Caller = resource,
            TargetPorts = resource is ContainerResource ? null : targetPorts,
            Secrets = secrets,
        };
        var variables = await EnvironmentAsync(resource, replicaId, targetPorts, context, cancellationToken);
        var arguments = await ArgumentsAsync(resource, context, cancellationToken);
        switch (resource)
        {
            case ProjectResource when resource.TryGetLastAnnotation<IProjectMetadata>(out var project):
                var assembly = ProjectOutput.Find(project, appHost.Assembly);
                return new ProcessSpec(ProjectOutput.DotNet, [assembly, .. arguments], Path.GetDirectoryName(project.ProjectPath)!, variables);

            case ExecutableResource executable:
                var program = CommandPath.Find(executable.Command, configuration["PATH"], executable.WorkingDirectory)
                    ?? throw new DistributedApplicationException($"The command '{executable.Command}' of the resource '{resource.Name}' was not found.");
                return new ProcessSpec(program, arguments, executable.WorkingDirectory, variables);

            case ContainerResource container:
                var docker = await engine.FindAsync() ?? throw new InvalidOperationException("No container engine answers.");
                var run = await DockerRun.ArgumentsAsync(
                    container, replicaId, environment.ApplicationName, targetPorts, variables, arguments, cancellationToken);
                return new ProcessSpec(docker, run, appHost.Directory, variables, Container: replicaId);

            default:
                throw new InvalidOperationException($"The resource '{resource.Name}' has no process.");
        }
    }

    private async Task<IReadOnlyDictionary<string, string>> EnvironmentAsync(
        IResource resource,
        string replicaId,
        IReadOnlyDictionary<string, int> targetPorts,
        ValueProviderContext context,
        CancellationToken cancellationToken)
    {
        var callbacks = new EnvironmentCallbackContext(execution, resource, cancellationToken: cancellationToken);
        var http = resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.UriScheme is "http" or "https").ToList();
        if (resource is ProjectResource && http.Count > 0)
        {
            callbacks.EnvironmentVariables["ASPNETCORE_URLS"] = string.Join(';', http.Select(endpoint => string.Create(
                CultureInfo.InvariantCulture, $"{endpoint.UriScheme}://{endpoint.TargetHost}:{targetPorts[endpoint.Name]}")));
        }

        if (resource.HasAnnotationOfType<OtlpExporterAnnotation>())
        {
            await telemetry.UntilDecidedAsync(cancellationToken);
            OtlpEnvironment.Add(callbacks.EnvironmentVariables, telemetry, environment, resource.Name, replicaId[(resource.Name.Length + 1)..]);
        }

        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
        {
            await annotation.Callback(callbacks);
        }

        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in callbacks.EnvironmentVariables)
        {
            if (await TextAsync(value, context, cancellationToken) is { } text)
            {
                variables[name] = text;
            }
        }

        return variables;
    }

    private static async Task<IReadOnlyList<string>> ArgumentsAsync(
        IResource resource, ValueProviderContext context, CancellationToken cancellationToken)
    {
        var callbacks = new CommandLineArgsCallbackContext([], resource, cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList())
        {
            await annotation.Callback(callbacks);
        }

        var arguments = new List<string>();
        foreach (var value in callbacks.Args)
        {
            if (await TextAsync(value, context, cancellationToken) is { } text)
            {
                arguments.Add(text);
            }
        }

        return arguments;
    }

    private static ValueTask<string?> TextAsync(object value, ValueProviderContext context, CancellationToken cancellationToken) => value switch
    {
        IValueProvider provider => provider.GetValueAsync(context, cancellationToken),
        IResourceBuilder<IResource> { Resource: IValueProvider provider } => provider.GetValueAsync(context, cancellationToken),
        _ => new ValueTask<string?>(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };
}
