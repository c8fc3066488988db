using System.Net.Sockets;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Redis;

/// <summary>Sends PING, after AUTH where there is a password, and expects <c>+PONG</c>.</summary>
internal sealed class RedisPingCheck(RedisResource redis) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(redis.PrimaryEndpoint.Host, redis.PrimaryEndpoint.Port, cancellationToken);
            var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII);
            if (redis.PasswordParameter is not null)
            {
                await stream.WriteAsync(Command("AUTH", await redis.PasswordParameter.GetValueAsync(cancellationToken) ?? ""), cancellationToken);
                if (await reader.ReadLineAsync(cancellationToken) is not "+OK" and var refusal)
                {
                    return HealthCheckResult.Unhealthy($"AUTH was answered with {refusal}.");
                }
            }

            await stream.WriteAsync(Command("PING"), cancellationToken);
            var answer = await reader.ReadLineAsync(cancellationToken);
            return answer == "+PONG" ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"PING was answered with {answer}.");
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return HealthCheckResult.Unhealthy(exception.Message);
        }
    }

    // *1\r\n$4\r\nPING\r\n
    private static byte[] Command(params string[] words)
        => Encoding.UTF8.GetBytes($"*{words.Length}\r\n{string.Concat(words.Select(word => $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n"))}");
}
