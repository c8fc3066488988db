using System.Text.Json.Nodes;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Endpoints.Config;

/// <summary>409 <c>version_conflict</c>, with the version that there is.</summary>
internal sealed class ConflictResult(long version) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var refusal = new Refusal(
            StatusCodes.Status409Conflict, Refusal.InvalidRequestError, "version_conflict",
            $"Somebody else has changed the configuration: it is at version {version}. Read it anew with GET /admin/config, and put your change over that.", "version");
        return new ErrorWithDetailsResult(refusal, "version", JsonValue.Create(version)).ExecuteAsync(httpContext);
    }
}
