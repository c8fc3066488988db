using Microsoft.Extensions.Configuration;

namespace ServiceDefaults.Secrets;

/// <summary>
/// A pointer to a secret, so that configuration can be shown, compared and kept without holding one:
/// <c>env:OPENAI_API_KEY</c> names an environment variable.
/// </summary>
public static class SecretReference
{
    private const string EnvironmentPrefix = "env:";

    public static bool IsValid(string reference) =>
        reference.StartsWith(EnvironmentPrefix, StringComparison.Ordinal) && reference.Length > EnvironmentPrefix.Length;

    /// <summary>The secret, or null where the reference leads to nothing.</summary>
    public static string? Resolve(string? reference, IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(reference))
        {
            return null;
        }

        // The environment is part of the configuration; reading it there lets hosts and tests supply it without a process-wide variable.
        var secret = configuration[reference[EnvironmentPrefix.Length..]];
        return string.IsNullOrWhiteSpace(secret) ? null : secret.Trim();
    }
}
