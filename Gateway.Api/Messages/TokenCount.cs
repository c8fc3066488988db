using System.Globalization;
using Gateway.Api.Configuration;
using Gateway.Api.Metering;
using Gateway.Api.Pipeline;
using Gateway.Api.Requests;

namespace Gateway.Api.Messages;

/// <summary>
/// Answers <c>count_tokens</c>: <c>{"input_tokens":30}</c>, estimated from the request's bytes by what the alias's first target told of
/// other requests.
/// </summary>
internal sealed class TokenCount(LiveConfiguration configuration, Admission admission, TokenEstimator estimator, TimeProvider time)
{
    /// <summary>About what a picture of the largest size comes to (https://docs.anthropic.com/en/docs/build-with-claude/vision).</summary>
    private const int TokensOfPicture = 1600;

    public async Task RunAsync(HttpContext http)
    {
        var codec = new MessagesCodec(countsOnly: true);
        using var request = new GatewayRequest(http, Operation.Chat, configuration.Current.Limits.Request, time, codec);
        var refusal = await ResolveAsync(request);
        if (refusal is not null)
        {
            await OpenAIErrors.WriteAsync(http, refusal);
            return;
        }

        var estimate = estimator.Estimate(request.Route!.Targets[0].Name, request.Body!.Length - codec.Pictures.Bytes, outputBytes: 0).Input;
        var tokens = estimate + (codec.Pictures.Count * TokensOfPicture);
        http.Response.Headers[GatewayHeaders.Warnings] = string.Join("; ", [.. request.Warnings, "input_tokens is an estimate"]);
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"input_tokens":{{tokens}}}"""), request.Cancelled);
    }

    private async Task<Refusal?> ResolveAsync(GatewayRequest request)
    {
        try
        {
            return await admission.ResolveAsync(request);
        }
        catch (OperationCanceledException) when (!request.CallerLeft)
        {
            return Refusal.Timeout("The request did not come in time.");
        }
    }
}
