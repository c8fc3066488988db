using Gateway.Api.Providers;
using Gateway.Api.Providers.Bedrock;
using Gateway.Tests.Fuzz.Generation;
using Shouldly;

namespace Gateway.Tests.Fuzz.Answers;

/// <summary>The bodies of errors, which a proxy on the way may have written.</summary>
public sealed class ProviderErrorFuzz : ParserFuzz
{
    protected override IReadOnlyList<string> Examples { get; } =
    [
        """{"error":{"message":"Too bad.","type":"server_error","param":"model","code":"x"}}""", """{"error":"Too bad."}""", """{"message":"Too bad.","__type":"com.amazon#ThrottlingException:http://internal"}""",
        """{"detail":"Too bad."}""", "<html>502</html>",
    ];

    protected override IReadOnlyList<string> Words { get; } = ["\"error\":", "\"message\":", "\"Message\":", "\"code\":", "\"type\":", "\"__type\":"];

    protected override void Check(byte[] input, FuzzRandom random)
    {
        ProviderError.Read(input).Message.ShouldNotBeNull();
        using var response = new HttpResponseMessage((System.Net.HttpStatusCode)random.Pick([400, 401, 403, 404, 413, 429, 500, 503]));
        response.Headers.TryAddWithoutValidation("Retry-After", random.Pick(Hostile.Numbers));
        response.Headers.TryAddWithoutValidation("x-amzn-errortype", Utf8(input));
        var error = BedrockError.Read(response, input);
        BedrockFailures.Of(Requests.MadeRequest.Target, error, callersToken: null, "eu-central-1").Refusal.Status.ShouldBeInRange(400, 599);
        UpstreamFailure.OfStatus(Requests.MadeRequest.Target, (int)response.StatusCode, ProviderError.Read(input), response.Headers.RetryAfter?.Delta).Refusal.Status.ShouldBeInRange(400, 599);
    }
}
