namespace Gateway.Api.Configuration;

/// <summary>Checks that each origin is one as browsers send it, or it would never match.</summary>
internal static class CorsOptionsValidator
{
    public static void Validate(CorsOptions cors, List<string> faults)
    {
        for (var i = 0; i < cors.Origins.Count; i++)
        {
            if (!IsOrigin(cors.Origins[i]))
            {
                faults.Add($"Gateway:Cors:Origins:{i} is '{cors.Origins[i]}'; it must be scheme, host and port as browsers send them, such as https://app.example.com, or '{CorsOptions.AnyOrigin}'.");
            }
        }
    }

    private static bool IsOrigin(string origin) =>
        origin == CorsOptions.AnyOrigin
        || (Uri.TryCreate(origin, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.GetLeftPart(UriPartial.Authority) == origin && url.UserInfo.Length == 0);
}
