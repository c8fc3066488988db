namespace Demo.Web.Security;

/// <summary>
/// What every reply tells the browser, those of the gateway included: a file that a provider keeps must not run on this origin either. The policy
/// is also in the built pages, for where they are served as files.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    // Of no effect in a page, so that only the header has it.
    private const string NoFrames = "frame-ancestors 'none'";

    private static readonly string Policy = $"{Resources.Read("content-security-policy.txt").Trim()}; {NoFrames}";

    public Task InvokeAsync(HttpContext http)
    {
        // When the reply starts: what was passed on has brought its own headers by then.
        http.Response.OnStarting(Mark, http.Response);
        return next(http);
    }

    private static Task Mark(object state)
    {
        var headers = ((HttpResponse)state).Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        return Task.CompletedTask;
    }
}
