using System.CommandLine;
using Aws.Deployment.Configuration;
using Aws.Deployment.Operations;
using Aws.Deployment.Operations.Aws;
using Aws.Deployment.Verification;

namespace Aws.Deployment.Commands;

/// <summary>What the commands that call a gateway have in common.</summary>
internal static class GatewayCommand
{
    private const string KeyVariable = "OPENAI_API_KEY";

    /// <summary>What is said where there is no address.</summary>
    public const string NoAddress = "Which gateway is meant? Give --url URL, or --environment NAME of one on AWS.";

    /// <summary>What is said where there is no key.</summary>
    public const string NoKey = $"An API key of the gateway is needed: give --api-key, or set {KeyVariable}.";

    public static Option<string?> Url()
    {
        var url = new Option<string?>("--url") { Description = "The gateway's address, with or without /v1, such as http://localhost:8080.", HelpName = "URL" };
        url.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Parse(token.Value) is null)
            {
                result.AddError($"--url is '{token.Value}'; it must be an address such as https://openai.example.com.");
            }
        });
        return url;
    }

    public static Option<string?> Deployed()
    {
        var environment = new Option<string?>("--environment") { Description = "In place of --url: an environment on AWS, whose gateway is asked.", HelpName = "NAME" };
        environment.AcceptOnly(Environments.Known);
        return environment;
    }

    public static Option<string?> Region() => new("--region") { Description = "Where that environment is (default: its own).", HelpName = "REGION" };

    public static Option<string?> ApiKey() => new("--api-key") { Description = $"An API key of the gateway (default: {KeyVariable} of the environment).", HelpName = "KEY" };

    public static Option<string?> Model() => new("--model") { Description = "The alias to ask (default: phi-3-mini where it is listed, else the first).", HelpName = "ALIAS" };

    public static Option<bool> Json() => new("--json") { Description = "Prints the result as JSON, and nothing else." };

    /// <summary>The base of the gateway's routes; null where nothing says which one is meant.</summary>
    /// <exception cref="OperationFault">The environment has none.</exception>
    public static async Task<Uri?> AddressAsync(string? url, string? environment, string? region, CancellationToken cancellationToken)
    {
        if (url is not null || environment is null)
        {
            return url is null ? null : GatewayProbe.BaseOf(Parse(url)!);
        }

        var options = DeploymentOptionsReader.Read(environment, new DeploymentOverrides { Region = region });
        using var http = new HttpClient { Timeout = OperationCommand.Patience };
        var (api, _) = await OperationCommand.OpenAsync(options, http, cancellationToken);
        var stack = await new CloudFormation(api).FindAsync($"{options.Prefix}-gateway", cancellationToken);
        return stack?.Outputs.GetValueOrDefault("Url") is { } found
            ? GatewayProbe.BaseOf(Parse(found)!)
            : throw new OperationFault($"There is no gateway of {environment} in {options.Region}.", "Deploy it, or give its address with --url.");
    }

    public static string? KeyOf(string? given) => new[] { given, Environment.GetEnvironmentVariable(KeyVariable) }.FirstOrDefault(key => !string.IsNullOrWhiteSpace(key));

    private static Uri? Parse(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url : null;
}
