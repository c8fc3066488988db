using System.Globalization;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Endpoints.Config;

/// <summary>The version that the author of a change has seen, by <c>If-Match</c>: <c>"3"</c>; <c>*</c> is whatever there is.</summary>
internal static class ExpectedVersion
{
    public static Refusal? TryRead(HttpRequest http, out long? version)
    {
        version = null;
        var header = http.Headers.IfMatch.ToString();
        if (header is "" or "*")
        {
            return null;
        }

        var tag = header.StartsWith("W/", StringComparison.Ordinal) ? header[2..] : header;
        if (!long.TryParse(tag.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return Refusal.InvalidRequest($"If-Match is '{header}'; it must be a version such as \"3\".", "If-Match");
        }

        version = number;
        return null;
    }
}
