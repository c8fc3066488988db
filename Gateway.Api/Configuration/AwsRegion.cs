using System.Text.RegularExpressions;
using ServiceDefaults.Secrets;

namespace Gateway.Api.Configuration;

/// <summary>An AWS region as it is configured: its name, or <c>env:NAME</c>.</summary>
internal static partial class AwsRegion
{
    private const string EnvironmentPrefix = "env:";
    private const string Default = "eu-central-1";

    public static bool IsValid(string region) => SecretReference.IsValid(region) || Name().IsMatch(region);

    /// <summary>The region's name: what is configured; else what AWS's own variables say; else the default.</summary>
    public static string Resolve(string? region, IConfiguration configuration)
    {
        var named = region?.StartsWith(EnvironmentPrefix, StringComparison.Ordinal) == true ? configuration[region[EnvironmentPrefix.Length..]] : region;
        return new[] { named, configuration["AWS_REGION"], configuration["AWS_DEFAULT_REGION"] }.FirstOrDefault(name => name is not null && Name().IsMatch(name)) ?? Default;
    }

    // us-gov-west-1, eusc-de-east-1
    [GeneratedRegex("^[a-z]{2,4}(-[a-z]+)+-[0-9]+$")]
    private static partial Regex Name();
}
