using System.Text.Json.Nodes;
using Xunit;

namespace Gateway.Tests.Limits;

internal static class ResponseExtensions
{
    public static string? Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    /// <summary>The error's code; null where it is none.</summary>
    public static async Task<string?> CodeAsync(this HttpResponseMessage response) => (string?)(await response.ErrorAsync())?["code"];

    public static async Task<string?> MessageAsync(this HttpResponseMessage response) => (string?)(await response.ErrorAsync())?["message"];

    private static async Task<JsonNode?> ErrorAsync(this HttpResponseMessage response) =>
        response.IsSuccessStatusCode ? null : JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["error"];
}
