using Gateway.Tests.Hosts;
using Shouldly;
using StackExchange.Redis;
using Xunit;

namespace Gateway.Tests.Redis;

/// <summary>Servers that want a password, TLS, or take no writes.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData(RedisProtocol.Resp2)]
    [InlineData(RedisProtocol.Resp3)]
    public async Task A_password_is_needed_and_must_be_right(RedisProtocol protocol)
    {
        await using var server = await RedisServers.StartRedisAsync("--requirepass", "right");

        (await RefusedAsync(null)).ShouldContain("NOAUTH");
        var wrong = await RefusedAsync("wrong password");
        wrong.ShouldContain("WRONGPASS");
        wrong.ShouldNotContain("wrong password");
        await using var redis = await Clients.ConnectAsync(server.Port, options => (options.Password, options.Protocol) = ("right", protocol));
        await using var named = await Clients.ConnectAsync(server.Port, options => (options.User, options.Password, options.Protocol) = ("default", "right", protocol));
        (await named.GetDatabase().StringSetAsync("key", 1)).ShouldBeTrue();
        redis.Configuration.ShouldNotContain("right");

        async Task<string> RefusedAsync(string? password)
        {
            var refusal = await Should.ThrowAsync<RedisConnectionException>(
                () => Clients.ConnectAsync(server.Port, options => (options.Password, options.Protocol) = (password, protocol)));
            refusal.FailureType.ShouldBe(ConnectionFailureType.AuthenticationFailure);
            return refusal.Message;
        }
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_an_error()
    {
        await using var server = await RedisServers.StartRedisAsync("--databases", "2");

        var refusal = await Should.ThrowAsync<RedisConnectionException>(() => Clients.ConnectAsync(server.Port, options => options.DefaultDatabase = 5));

        refusal.Message.ShouldContain("out of range");
    }

    [Fact]
    public async Task A_server_that_takes_no_writes_says_why()
    {
        await using var full = await RedisServers.StartRedisAsync("--maxmemory", "1", "--maxmemory-policy", "noeviction");
        await using var replica = await RedisServers.StartRedisAsync("--replicaof", "127.0.0.1", "1");
        await using var toFull = await Clients.ConnectAsync(full.Port);
        await using var toReplica = await Clients.ConnectAsync(replica.Port);

        (await Should.ThrowAsync<RedisServerException>(() => toFull.GetDatabase().StringSetAsync("key", 1))).Message.ShouldStartWith("OOM");
        (await Should.ThrowAsync<RedisServerException>(() => toReplica.GetDatabase().StringSetAsync("key", 1))).Message.ShouldStartWith("READONLY");
        (await toReplica.GetDatabase().StringGetAsync("key")).IsNull.ShouldBeTrue();
    }

    [Fact]
    public async Task TLS_is_spoken_where_the_certificate_is_trusted()
    {
        var folder = Directory.CreateTempSubdirectory("redis-tls-");
        try
        {
            using var certificate = await SelfSigned.WriteAsync(folder.FullName, Clients.Token);
            await using var server = await ServerProcess.StartAsync((port, data) =>
            [
                "redis-server", "--port", "0", "--tls-port", $"{port}", "--bind", "127.0.0.1", "--dir", data, "--save", "",
                "--tls-cert-file", Path.Combine(folder.FullName, "cert.pem"), "--tls-key-file", Path.Combine(folder.FullName, "key.pem"),
                "--tls-auth-clients", "no", "--tls-protocols", "TLSv1.3",
            ]);

            await using var redis = await Clients.ConnectAsync(server.Port, options =>
            {
                options.Ssl = true;
                options.CertificateValidation += (_, presented, _, _) => presented?.GetCertHashString() == certificate.GetCertHashString();
            });
            (await redis.GetDatabase().StringSetAsync("key", new string('x', 100_000))).ShouldBeTrue();
            ((string?)await redis.GetDatabase().StringGetAsync("key"))!.Length.ShouldBe(100_000);

            var distrust = await Should.ThrowAsync<RedisConnectionException>(() => Clients.ConnectAsync(server.Port, options => options.Ssl = true));
            distrust.FailureType.ShouldBe(ConnectionFailureType.AuthenticationFailure);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
