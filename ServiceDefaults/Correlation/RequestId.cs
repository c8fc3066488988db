using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using ServiceDefaults.Redaction;

namespace ServiceDefaults.Correlation;

/// <summary>The id by which a request is found again in every service's log.</summary>
public static class RequestId
{
    public const string Header = "x-request-id";

    private const int MaxLength = 128;

    /// <summary>The caller's own where it sent a usable one, else a new one.</summary>
    public static string Of(HttpRequest request)
    {
        var sent = request.Headers[Header].ToString();
        return IsUsable(sent) ? sent : $"req_{ActivityTraceId.CreateRandom().ToHexString()}";
    }

    // It goes into headers and logs: visible ASCII, not for ever, and nobody's secret.
    private static bool IsUsable(string id) => id.Length is > 0 and <= MaxLength && !id.AsSpan().ContainsAnyExceptInRange('!', '~') && Redactor.IsClean(id);
}
