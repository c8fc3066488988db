using Gateway.Api.Answers;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;
using Microsoft.OpenApi;

namespace Gateway.Api.Endpoints;

/// <summary>The OpenAPI words of a route that calls a model. Its body is the provider's; only what the gateway acts on is spelled out.</summary>
internal static class ModelCallDescription
{
    /// <summary>Maps a route straight to the pipeline: what binding and filters could do for it, the pipeline does itself.</summary>
    public static IEndpointConventionBuilder MapModelCall(this IEndpointRouteBuilder endpoints, string pattern, Operation operation)
    {
        var pipeline = endpoints.ServiceProvider.GetRequiredService<RequestPipeline>();
        return endpoints.MapPipeline(pattern, http => pipeline.RunAsync(http, operation));
    }

    /// <summary>Maps the route of another API, which reaches the models as chat.</summary>
    public static IEndpointConventionBuilder MapModelCall(this IEndpointRouteBuilder endpoints, string pattern, Func<ApiCodec> newCodec)
    {
        var pipeline = endpoints.ServiceProvider.GetRequiredService<RequestPipeline>();
        return endpoints.MapPipeline(pattern, http => pipeline.RunAsync(http, Operation.Chat, newCodec()));
    }

    private static IEndpointConventionBuilder MapPipeline(this IEndpointRouteBuilder endpoints, string pattern, RequestDelegate run) =>
        // The description lists the routes that have a method.
        endpoints.MapPost(pattern, run).WithMetadata(run.Method);

    public static void DescribesModelCall(this IEndpointConventionBuilder route, Operation call, string operationId, string summary) =>
        route.Describes(
            operationId, summary, "The body is OpenAI's. Fields that this gateway does not know are passed on as they are.", call.InputField,
            "OpenAI's reply; with \"stream\": true its chunks as server-sent events.", new OpenApiResponse { Description = "OpenAI's error.", Content = JsonOf(ErrorSchema()) });

    public static void DescribesMessages(this IEndpointConventionBuilder route, string operationId, string summary, string reply) =>
        route.Describes(
            operationId, summary, "The body is Anthropic's. What no target can honour is refused; what does no harm unheeded is named in x-gateway-warnings.", "messages",
            reply, new OpenApiResponse { Description = "Anthropic's error: {\"type\":\"error\",\"error\":{\"type\",\"message\"},\"request_id\"}." });

    public static void DescribesResponses(this IEndpointConventionBuilder route, string operationId, string summary) =>
        route.Describes(
            operationId, summary, "The body is OpenAI's. What no target can honour is refused; what does no harm unheeded is named in x-gateway-warnings.", "input",
            "OpenAI's response; with \"stream\": true its events as server-sent events.", new OpenApiResponse { Description = "OpenAI's error.", Content = JsonOf(ErrorSchema()) });

    private static void Describes(
        this IEndpointConventionBuilder route, string operationId, string summary, string description, string inputField, string reply, OpenApiResponse error) =>
        route.WithTags("Models").WithName(operationId).WithSummary(summary).AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Description = description;
            operation.RequestBody = new OpenApiRequestBody { Required = true, Content = JsonOf(RequestSchema(inputField)) };
            operation.Responses = new OpenApiResponses
            {
                ["200"] = new OpenApiResponse
                {
                    Description = reply,
                    Content = new Dictionary<string, OpenApiMediaType>
                    {
                        ["application/json"] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } },
                        ["text/event-stream"] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
                    },
                },
                ["default"] = error,
            };
            return Task.CompletedTask;
        });

    private static OpenApiSchema RequestSchema(string inputField) => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "model", inputField },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["model"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "An alias from GET /v1/models." },
            [inputField] = new OpenApiSchema { Description = "What the model is to work on." },
            ["stream"] = new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = "Whether to answer with server-sent events." },
        },
    };

    private static OpenApiSchema ErrorSchema()
    {
        var text = new OpenApiSchema { Type = JsonSchemaType.String };
        var textOrNull = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null };
        var error = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema> { ["message"] = text, ["type"] = text, ["param"] = textOrNull, ["code"] = textOrNull },
        };
        return new OpenApiSchema { Type = JsonSchemaType.Object, Properties = new Dictionary<string, IOpenApiSchema> { ["error"] = error } };
    }

    private static Dictionary<string, OpenApiMediaType> JsonOf(OpenApiSchema schema) =>
        new() { ["application/json"] = new OpenApiMediaType { Schema = schema } };
}
