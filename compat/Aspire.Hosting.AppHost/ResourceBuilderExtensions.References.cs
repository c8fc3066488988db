using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    private const string ReferenceRelationship = "Reference";

    /// <summary>Notes that the resource has to do with another: <c>Reference</c>, or any other word. The dashboard shows it.</summary>
    public static IResourceBuilder<T> WithRelationship<T>(this IResourceBuilder<T> builder, IResource resource, string type)
        where T : IResource
        => builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, type));

    /// <summary>Tells the resource where another is: <c>services__{name}__{endpoint}__0</c> and <c>{NAME}_{ENDPOINT}</c> for each endpoint.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment
        => builder.WithReference(source, source.Resource.Name);

    /// <summary>Tells the resource where another is, under a name of its choice.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source, string name)
        where TDestination : IResourceWithEnvironment
        => builder.WithRelationship(source.Resource, ReferenceRelationship).WithEnvironment(context =>
        {
            foreach (var endpoint in source.Resource.GetEndpoints())
            {
                AddService(context, name, endpoint);
            }
        });

    /// <summary>Tells the resource where one endpoint of another is.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, EndpointReference endpointReference)
        where TDestination : IResourceWithEnvironment
        => builder.WithRelationship(endpointReference.Resource, ReferenceRelationship)
            .WithEnvironment(context => AddService(context, endpointReference.Resource.Name, endpointReference));

    /// <summary>Gives the resource a connection string as <c>ConnectionStrings__{name}</c>, and its parts as <c>{NAME}_{PART}</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null,
        bool optional = false)
        where TDestination : IResourceWithEnvironment
        => builder.WithRelationship(source.Resource, ReferenceRelationship).WithEnvironment(async context =>
        {
            var name = connectionName ?? source.Resource.Name;
            if (optional && await ValueOrNullAsync(source.Resource, context.CancellationToken) is null)
            {
                return;
            }

            context.EnvironmentVariables[source.Resource.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{name}"] = source.Resource;
            foreach (var (part, value) in source.Resource.GetConnectionProperties())
            {
                context.EnvironmentVariables[VariableName($"{name}_{part}")] = value;
            }
        });

    private static void AddService(EnvironmentCallbackContext context, string name, EndpointReference endpoint)
    {
        context.EnvironmentVariables[$"services__{name}__{endpoint.EndpointName}__0"] = endpoint;
        context.EnvironmentVariables[VariableName($"{name}_{endpoint.EndpointName}")] = endpoint;
    }

    private static string VariableName(string name)
        => string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? char.ToUpperInvariant(character) : '_'));

    private static async ValueTask<string?> ValueOrNullAsync(IResourceWithConnectionString resource, CancellationToken cancellationToken)
    {
        try
        {
            return await resource.GetConnectionStringAsync(cancellationToken);
        }
        catch (MissingParameterValueException)
        {
            return null;
        }
    }
}
