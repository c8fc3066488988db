using System.CommandLine;
using Aws.Deployment.Verification;

namespace Aws.Deployment.Commands;

/// <summary>What the commands that call a gateway have in common.</summary>
internal static class GatewayCommand
{
    private const string KeyVariable = "OPENAI_API_KEY";

    /// <summary>What is said where there is no key.</summary>
    public const string NoKey = $"An API key of the gateway is needed: give --api-key, or set {KeyVariable}.";

    public static Option<string?> Url()
    {
        var url = new Option<string?>("--url") { Description = "The gateway's address, with or without /v1, such as http://localhost:8080.", HelpName = "URL", Required = true };
        url.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Parse(token.Value) is null)
            {
                result.AddError($"--url is '{token.Value}'; it must be an address such as https://openai.example.com.");
            }
        });
        return url;
    }

    public static Option<string?> ApiKey() => new("--api-key") { Description = $"An API key of the gateway (default: {KeyVariable} of the environment).", HelpName = "KEY" };

    public static Option<string?> Model() => new("--model") { Description = "The alias to ask (default: phi-3-mini where it is listed, else the first).", HelpName = "ALIAS" };

    public static Option<bool> Json() => new("--json") { Description = "Prints the result as JSON, and nothing else." };

    /// <summary>The base of the gateway's routes.</summary>
    public static Uri BaseOf(string url) => GatewayProbe.BaseOf(Parse(url)!);

    public static string? KeyOf(string? given) => new[] { given, Environment.GetEnvironmentVariable(KeyVariable) }.FirstOrDefault(key => !string.IsNullOrWhiteSpace(key));

    private static Uri? Parse(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;
}
