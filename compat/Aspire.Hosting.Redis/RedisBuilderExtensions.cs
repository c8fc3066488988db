using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Redis;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

/// <summary>Adds Redis.</summary>
public static class RedisBuilderExtensions
{
    /// <summary>Adds a Redis container, healthy once it answers PING.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name, and that of its connection string.</param>
    /// <param name="port">The public port; a random one where null.</param>
    /// <param name="password">The password; one is generated and kept where null.</param>
    public static IResourceBuilder<RedisResource> AddRedis(
        this IDistributedApplicationBuilder builder, string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
    {
        // A connection string has no way to quote a comma: no special characters.
        var redis = new RedisResource(
            name, password?.Resource ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password", special: false));
        var check = $"{name}_check";
        builder.Services.AddHealthChecks().AddCheck(check, new RedisPingCheck(redis), timeout: TimeSpan.FromSeconds(5));
        return builder.AddResource(redis)
            .WithEndpoint(port: port, targetPort: 6379, scheme: "redis", name: RedisResource.PrimaryEndpointName)
            .WithImage("library/redis", "8.2")
            .WithImageRegistry("docker.io")
            .WithHealthCheck(check)
            .WithEntrypoint("/bin/sh")
            .WithEnvironment(context =>
            {
                if (redis.PasswordParameter is not null)
                {
                    context.EnvironmentVariables["REDIS_PASSWORD"] = redis.PasswordParameter;
                }
            })
            .WithArgs(context =>
            {
                // The shell inside the container puts the password in: it is not on any command line out here.
                context.Args.Add("-c");
                context.Args.Add(string.Join(' ', CommandLine(redis)));
            });
    }

    /// <summary>Sets the password; null takes it away.</summary>
    public static IResourceBuilder<RedisResource> WithPassword(
        this IResourceBuilder<RedisResource> builder, IResourceBuilder<ParameterResource>? password)
    {
        builder.Resource.PasswordParameter = password?.Resource;
        return builder;
    }

    /// <summary>Keeps the data in a volume (named after the application and the resource unless it is given a name), saved every minute.</summary>
    public static IResourceBuilder<RedisResource> WithDataVolume(this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false)
    {
        var application = builder.ApplicationBuilder.Environment.ApplicationName.ToLowerInvariant();
        builder.WithVolume(name ?? $"{application}-{builder.Resource.Name}-data", "/data", isReadOnly);
        return isReadOnly ? builder : builder.WithPersistence();
    }

    /// <summary>Saves the data at this interval (one minute) if at least so many keys have changed.</summary>
    public static IResourceBuilder<RedisResource> WithPersistence(
        this IResourceBuilder<RedisResource> builder, TimeSpan? interval = null, long keysChangedThreshold = 1)
        => builder.WithAnnotation(
            new PersistenceAnnotation(interval ?? TimeSpan.FromSeconds(60), keysChangedThreshold), ResourceAnnotationMutationBehavior.Replace);

    private static IEnumerable<string> CommandLine(RedisResource redis)
    {
        yield return "exec redis-server";
        if (redis.PasswordParameter is not null)
        {
            yield return "--requirepass \"$REDIS_PASSWORD\"";
        }

        if (redis.TryGetLastAnnotation<PersistenceAnnotation>(out var persistence))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"--save {(long)persistence.Interval.TotalSeconds} {persistence.KeysChangedThreshold}");
        }
    }
}
