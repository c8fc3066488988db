using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Hosting;

/// <summary>Containers with a script in docker's place, which writes down how it was called.</summary>
public sealed class ContainerTests
{
    [Fact]
    public async Task A_container_is_run_as_described_and_removed_at_the_end()
    {
        using var docker = new FakeDocker(info: "exit 0", run: """echo "$REDIS_PASSWORD"; echo ready; sleep 600""");
        await using var builder = CreateBuilder(docker);
        var redis = builder.AddRedis("cache", password: builder.AddParameter("cache-password", "p@ss", secret: true)).WithDataVolume("data");
        builder.AddContainer("web", "nginx", "1.29")
            .WithHttpEndpoint(targetPort: 80)
            .WithBindMount("www", "/srv", isReadOnly: true)
            .WithEnvironment("MODE", "quiet")
            .WithContainerRuntimeArgs("--cpus", "1")
            .WithArgs("-g", "daemon off;");
        builder.AddEnvironmentWriter("seen").WithReference(redis);
        string cacheId, webId, cachePort, webPort;
        await using (var app = await builder.StartAsync())
        {
            cacheId = (await app.StateAsync("cache", KnownResourceStates.Running)).ResourceId;
            webId = (await app.StateAsync("web", KnownResourceStates.Running)).ResourceId;
            await app.LinesAsync("cache", line => line == "p@ss");
            await app.LinesAsync("web", line => line == "ready");
            cachePort = docker.PublishedBy(cacheId);
            webPort = docker.PublishedBy(webId);
            var seen = await app.EnvironmentAsync("seen");
            var port = redis.Resource.PrimaryEndpoint.Port;
            seen["ConnectionStrings__cache"].ShouldBe($"localhost:{port},password=p@ss");
            seen["CACHE_HOST"].ShouldBe("localhost");
            seen["CACHE_PORT"].ShouldBe($"{port}");
            seen["CACHE_PASSWORD"].ShouldBe("p@ss");
            seen["CACHE_URI"].ShouldBe($"redis://:p%40ss@localhost:{port}");
        }

        docker.Calls.ShouldBe(
            [
                "info",
                $"run|--name|{cacheId}|--label|aspire.application=AppHost|--label|aspire.resource=cache|--publish|{cachePort}|--env|REDIS_PASSWORD|--mount|type=volume,source=data,target=/data|--entrypoint|/bin/sh|docker.io/library/redis:8.2|-c|exec redis-server --requirepass \"$REDIS_PASSWORD\" --save 60 1",
                $"run|--name|{webId}|--label|aspire.application=AppHost|--label|aspire.resource=web|--publish|{webPort}|--env|MODE|--mount|type=bind,source={Path.Combine(builder.AppHostDirectory, "www")},target=/srv,readonly|--cpus|1|nginx:1.29|-g|daemon off;",
                $"rm|--force|{cacheId}",
                $"rm|--force|{webId}",
            ],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("exit 1")]
    [InlineData("exec sleep 600")]
    public async Task Without_an_engine_containers_are_unhealthy_and_all_else_runs(string info)
    {
        using var docker = new FakeDocker(info);
        await using var builder = CreateBuilder(docker);
        builder.AddContainer("cache", "redis:8.2");
        builder.AddShell("other", "sleep 600");
        await using var app = await builder.StartAsync();

        await app.StateAsync("cache", KnownResourceStates.RuntimeUnhealthy);
        await app.StateAsync("other", KnownResourceStates.Running);

        (await app.LinesAsync("cache", _ => true)).ShouldHaveSingleItem().ShouldContain("no container engine answers");
    }

    private static IDistributedApplicationTestingBuilder CreateBuilder(FakeDocker docker) => TestHost.CreateBuilder($"--PATH={docker.SearchPath}");
}
