using Microsoft.AspNetCore.Http.HttpResults;

namespace Gateway.Api.Endpoints.Config;

/// <summary><c>GET /schema/gateway.json</c>: the JSON schema of gateway.json, for editors; open.</summary>
internal static class SchemaEndpoint
{
    private const string Resource = "gateway.schema.json";

    public static void MapSchema(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/schema/gateway.json", Get).AllowAnonymous().WithTags("Configuration").WithName("retrieveConfigurationSchema").WithSummary("The JSON schema of gateway.json.");

    private static FileStreamHttpResult Get() =>
        TypedResults.Stream(typeof(SchemaEndpoint).Assembly.GetManifestResourceStream(Resource)!, "application/schema+json");
}
