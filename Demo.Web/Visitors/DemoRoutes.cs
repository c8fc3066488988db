namespace Demo.Web.Visitors;

/// <summary>
/// What the demo key is lent for. All visitors share its tenant, so it must not open what a tenant keeps: files, batches, stored responses.
/// </summary>
internal static class DemoRoutes
{
    /// <summary>What clients that insist on a key may send where they have none.</summary>
    private const string NoKey = "Bearer demo";

    public static bool Serves(HttpRequest request) => BringsNoKey(request.Headers) && IsLent(request);

    private static bool BringsNoKey(IHeaderDictionary headers) =>
        (headers.Authorization.Count == 0 || headers.Authorization == NoKey) && !headers.ContainsKey("x-api-key");

    private static bool IsLent(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) ? request.Path == "/v1/chat/completions" : HttpMethods.IsGet(request.Method) && request.Path.StartsWithSegments("/v1/models");
}
