using Microsoft.Extensions.Configuration;

namespace AppHost;

/// <summary>
/// Secret parameters: <c>Parameters:admin-key</c>, or <c>Parameters:admin_key</c>, since a shell cannot export a name with a dash.
/// </summary>
internal static class Secrets
{
    public static bool HasSecret(this IConfiguration settings, string parameter) =>
        !string.IsNullOrEmpty(settings[KeyOf(parameter)]) || !string.IsNullOrEmpty(settings[KeyOf(parameter).Replace('-', '_')]);

    public static void SetDefaultSecret(this IConfiguration settings, string parameter, Func<string> make)
    {
        if (!settings.HasSecret(parameter))
        {
            settings[KeyOf(parameter)] = make();
        }
    }

    private static string KeyOf(string parameter) => $"Parameters:{parameter}";
}
