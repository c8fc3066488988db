using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace ServiceDefaults.Secrets;

/// <summary>
/// A pointer to a secret, so that configuration can be shown, compared and kept without holding one:
/// <c>env:OPENAI_API_KEY</c> names an environment variable, <c>secret:prod/openai#api-key</c> a secret of AWS Secrets Manager by its
/// name or ARN and a key in its JSON, <c>parameter:/prod/openai</c> a parameter of AWS Parameter Store by its name or ARN.
/// </summary>
public static partial class SecretReference
{
    /// <summary>The forms there are, for whoever wrote another one.</summary>
    public const string Forms = "env:NAME, secret:NAME#KEY or parameter:NAME";

    private const string EnvironmentPrefix = "env:";

    public static bool IsValid(string reference) => IsEnvironment(reference) || Remote().IsMatch(reference);

    /// <summary>Whether it names an environment variable, which is read without asking anybody.</summary>
    public static bool IsEnvironment(string reference) =>
        reference.StartsWith(EnvironmentPrefix, StringComparison.Ordinal) && reference.Length > EnvironmentPrefix.Length;

    /// <summary>The secret that an environment variable holds; null where the reference is none to a variable, or leads to nothing.</summary>
    public static string? Resolve(string? reference, IConfiguration configuration)
    {
        if (string.IsNullOrEmpty(reference) || !IsEnvironment(reference))
        {
            return null;
        }

        // The environment is part of the configuration; reading it there lets hosts and tests supply it without a process-wide variable.
        var secret = configuration[reference[EnvironmentPrefix.Length..]];
        return string.IsNullOrWhiteSpace(secret) ? null : secret.Trim();
    }

    // secret:arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/openai-AbCdEf#api-key, parameter:/prod/openai/api-key
    [GeneratedRegex(@"^(secret:[A-Za-z0-9/_+=.@:-]+(#.+)?|parameter:[A-Za-z0-9/_.:-]+)\z", RegexOptions.Singleline)]
    private static partial Regex Remote();
}
