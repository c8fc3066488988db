namespace Gateway.Api.Pipeline;

/// <summary>A refusal as an endpoint's result.</summary>
internal sealed class RefusalResult(Refusal refusal) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => OpenAIErrors.WriteAsync(httpContext, refusal);
}
