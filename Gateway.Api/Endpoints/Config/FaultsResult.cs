using System.Text.Json.Nodes;
using Gateway.Api.Configuration;
using Gateway.Api.Pipeline;
using ServiceDefaults.Redaction;

namespace Gateway.Api.Endpoints.Config;

/// <summary>400 <c>invalid_configuration</c>: OpenAI's error and, beside it, <c>faults</c>, everything that is wrong.</summary>
internal sealed class FaultsResult(IReadOnlyList<string> faults) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var refusal = Refusal.InvalidRequest($"The configuration is not valid, and what was in force stays: {string.Join(" ", faults)}", code: "invalid_configuration");
        await new ErrorWithDetailsResult(refusal, "faults", new JsonArray([.. faults.Select(Redactor.Mask).Select(fault => new JsonObject { ["key"] = FaultKey.Of(fault), ["message"] = fault })])).ExecuteAsync(httpContext);
    }
}
