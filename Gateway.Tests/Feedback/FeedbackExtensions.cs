using System.Net;
using System.Net.Http.Json;
using Gateway.Tests.Hosts;
using Xunit;

namespace Gateway.Tests.Feedback;

/// <summary>Feedback as callers give it.</summary>
internal static class FeedbackExtensions
{
    public static async Task<HttpStatusCode> GiveAsync(this GatewayHost gateway, string key, object feedback)
    {
        using var caller = gateway.ClientWith(key);
        using var response = await caller.PostAsJsonAsync("/v1/feedback", feedback, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
