using System.Text;
using Gateway.Api;
using Gateway.Api.Access;
using Gateway.Api.Pipeline;
using Gateway.Api.Providers;
using Gateway.Api.Providers.OpenAI;
using Gateway.Api.Requests;
using Gateway.Api.Routing;
using Microsoft.AspNetCore.Http;
using Shouldly;

namespace Gateway.Tests.Fuzz.Requests;

/// <summary>Requests that no server took in.</summary>
internal static class MadeRequest
{
    public static readonly Target Target = new(
        new OpenAIProvider("p", new ProviderSettings(new Uri("http://localhost/v1"), null, TimeSpan.FromSeconds(1), AsksForUsage: true, PropagatesTrace: false)), "m", new TargetHealth(TimeProvider.System));

    public static readonly Caller Caller = new(new ApiKey { Id = "key_1", Hash = new string('0', 64), Prefix = "", Name = "fuzz", Tenant = "acme", CreatedAt = DateTimeOffset.UnixEpoch });

    public static GatewayRequest Of(ReadOnlySpan<byte> body, Operation operation)
    {
        var request = new GatewayRequest(new DefaultHttpContext { User = Caller }, operation, Timeout.InfiniteTimeSpan, TimeProvider.System) { Body = Pooled(body), Target = Target };
        RequestScanner.Scan(body, operation, out var fields);
        request.Fields = fields;
        return request;
    }

    /// <summary>A chat request that was written of another has all that the scanner looks at, but for what the caller has put there.</summary>
    public static void ShouldBeTaken(ReadOnlySpan<byte> chat)
    {
        if (RequestScanner.Scan(chat, Operation.Chat, out _) is { } refusal && refusal != Json.NoUnicode)
        {
            refusal.Param.ShouldBeOneOf(["model", "stream"], Encoding.UTF8.GetString(chat));
        }
    }

    public static PooledBody Pooled(ReadOnlySpan<byte> bytes)
    {
        using var output = new PooledBodyWriter(bytes.Length + 1);
        bytes.CopyTo(output.GetSpan(bytes.Length));
        output.Advance(bytes.Length);
        return output.ToBody();
    }
}
