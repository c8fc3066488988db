using Aws.Deployment.Configuration;
using Aws.Deployment.Stacks;

namespace Aws.Deployment.Operations;

/// <summary>What whoever deployed wants to know at the end.</summary>
internal static class HandOver
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["Url"] = "address", ["OpenAIBaseUrl"] = "OPENAI_BASE_URL", ["DashboardUrl"] = "dashboard",
    };

    public static string Text(DeploymentOptions options, DeployResult result)
    {
        var changed = result.Changed.Count == 0
            ? $"No changes: all {result.Assembly.Stacks.Count} stacks are as they should be."
            : $"Changed: {string.Join(", ", result.Changed)}.";
        var links = result.Outputs.SelectMany(stack => stack.Value.Where(output => Names.ContainsKey(output.Key))
            .Select(output => $"  {stack.Key[(options.Prefix.Length + 1)..],-11} {Names[output.Key],-16} {output.Value}"));
        var console = options.Demo.Console && result.Outputs.GetValueOrDefault($"{options.Prefix}-demo")?.GetValueOrDefault("Url") is { } page ? $"\n  {"console",-11} {"address",-16} {page}console/" : "";
        return $"""
            {changed}

            {string.Join('\n', links)}{console}

            Next:
              the admin key    aws secretsmanager get-secret-value --region {options.Region} --secret-id {Secrets.Admin(options)} --query SecretString --output text
              a provider's key dotnet run --project AppHost -- rotate-secret --environment {options.Environment} --name {Secrets.OpenAIKey}
              check it again   dotnet run --project AppHost -- verify --url {result.Url}
              measure it       dotnet run --project AppHost -- load --url {result.Url}
              take it away     dotnet run --project AppHost -- destroy --environment {options.Environment}
              when it is wrong docs/troubleshooting.md
            """;
    }
}
