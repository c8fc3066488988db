using Gateway.Api.Access;
using Gateway.Api.Flags;
using Microsoft.Extensions.Configuration.Memory;

namespace Gateway.Api.Serverless;

internal static class ServerlessExtensions
{
    private const string FunctionName = "AWS_LAMBDA_FUNCTION_NAME";

    // What needs several requests in one process, or a process between requests.
    private static readonly Flag[] Off = [GatewayFlags.SingleFlight, GatewayFlags.EmbeddingGrouping, GatewayFlags.BackgroundResponses];

    /// <summary>Whether the process has one request at a time and is frozen between them, as on AWS Lambda.</summary>
    public static bool IsServerless(this IConfiguration configuration) => !string.IsNullOrEmpty(configuration[FunctionName]);

    /// <summary>On AWS Lambda, switches off what is of no use there (docs/adr/0026-one-request-a-process.md); the environment, arguments and administrators may say otherwise.</summary>
    public static void AddServerless(this WebApplicationBuilder builder)
    {
        if (!builder.Configuration.IsServerless())
        {
            return;
        }

        // Over gateway.json, which is the first, and below all else.
        builder.Configuration.Sources.Insert(1, new MemoryConfigurationSource
        {
            InitialData = Off.Select(flag => KeyValuePair.Create<string, string?>($"Gateway:Flags:{flag.Name}:Enabled", "false")),
        });
        builder.Services.AddHostedService<ServerlessNotice>();
    }

    /// <summary>On AWS Lambda, has keys read anew before a request that comes after a pause: one that was revoked meanwhile opens nothing.</summary>
    public static void UseKeysOfNow(this WebApplication app)
    {
        if (app.Configuration.IsServerless() && app.Services.GetService<DynamoKeyFeed>() is { } feed)
        {
            app.Use(async (http, next) =>
            {
                await feed.CatchUpAsync(http.RequestAborted);
                await next(http);
            });
        }
    }
}
