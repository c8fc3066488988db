using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Gateway.Api.Endpoints;

/// <summary>Says in <c>/openapi/v1.json</c> what the routes alone do not: what this is, and that it takes a bearer key.</summary>
internal sealed class OpenApiDescription : IOpenApiDocumentTransformer
{
    private const string Bearer = "bearer";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "AI Model Gateway",
            Version = "v1",
            Description = "OpenAI's API in front of OpenAI, AWS Bedrock and local models. Errors are {\"error\":{\"message\",\"type\",\"param\",\"code\"}}.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An API key of this gateway (sk-gw-…); the admin key below /admin.",
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
        return Task.CompletedTask;
    }
}
