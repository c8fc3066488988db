using Amazon.CDK.AWS.APIGateway;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>What API Gateway answers by itself, in the form that OpenAI's clients read, for browsers too.</summary>
internal sealed class GatewayReplies : Construct
{
    private const string RetryAfterSeconds = "5";

    // Type, status, OpenAI's type and code, message (null: API Gateway's own), whether to try again.
    private static readonly (string Kind, string? Status, string Type, string Code, string? Message, bool Again)[] Table =
    [
        ("DEFAULT_4XX", null, "invalid_request_error", "invalid_request_error", null, false),
        ("DEFAULT_5XX", null, "api_error", "upstream_error", null, true),
        ("THROTTLED", "429", "requests", "rate_limit_exceeded", "Too many requests reach this gateway at once. Try again in a few seconds.", true),
        ("QUOTA_EXCEEDED", "429", "insufficient_quota", "insufficient_quota", "This month's requests are used up.", true),
        ("REQUEST_TOO_LARGE", "413", "invalid_request_error", "request_too_large", "The request is larger than 10 MB.", false),
        ("INTEGRATION_FAILURE", "503", "api_error", "no_target_available", "The gateway cannot be reached at the moment. Try again in a few seconds.", true),
        ("INTEGRATION_TIMEOUT", "504", "api_error", "timeout", "The gateway took too long to answer.", true),
        ("MISSING_AUTHENTICATION_TOKEN", "404", "invalid_request_error", "unknown_url", "There is no such URL. The API begins at /v1.", false),
    ];

    public GatewayReplies(Construct scope, string api)
        : base(scope, "Replies") => All = [.. Table.Select(reply => new CfnGatewayResponse(this, reply.Kind, new CfnGatewayResponseProps
        {
            RestApiId = api,
            ResponseType = reply.Kind,
            StatusCode = reply.Status,
            ResponseParameters = HeadersOf(reply.Again),
            ResponseTemplates = new Dictionary<string, string> { ["application/json"] = BodyOf(reply.Type, reply.Code, reply.Message) },
        }))];

    public CfnGatewayResponse[] All { get; }

    /// <summary>What has changed where a new deployment is needed.</summary>
    public static string Shape => string.Join('\n', Table);

    private static Dictionary<string, string> HeadersOf(bool again)
    {
        var headers = new Dictionary<string, string>
        {
            ["gatewayresponse.header.Access-Control-Allow-Origin"] = "'*'",
            ["gatewayresponse.header.Access-Control-Allow-Headers"] = "'*'",
            ["gatewayresponse.header.Access-Control-Expose-Headers"] = "'retry-after,x-request-id'",
            ["gatewayresponse.header.Content-Type"] = "'application/json'",
        };
        if (again)
        {
            headers["gatewayresponse.header.Retry-After"] = $"'{RetryAfterSeconds}'";
        }

        return headers;
    }

    private static string BodyOf(string type, string code, string? message) =>
        $$$"""{"error":{"message":{{{(message is null ? "$context.error.messageString" : $"\"{message}\"")}}},"type":"{{{type}}}","param":null,"code":"{{{code}}}"}}""";
}
