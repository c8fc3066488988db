using ServiceDefaults.Redis;

namespace Gateway.Api.Serverless;

/// <summary>Says once what is otherwise here.</summary>
internal sealed partial class ServerlessNotice(IConfiguration configuration, ILogger<ServerlessNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        LogServerless(configuration.HasRedis() ? "circuits are shared in Redis" : "circuits are each process's own, since no Redis is configured");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "On AWS Lambda a process has one request at a time: single flight, grouping of embeddings, responses in the background and MaxConcurrency of targets are without effect, and {Circuits}.")]
    private partial void LogServerless(string circuits);
}
