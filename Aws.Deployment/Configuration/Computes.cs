namespace Aws.Deployment.Configuration;

/// <summary>What the gateway can run on.</summary>
internal static class Computes
{
    public const string Lambda = "lambda";
    public const string Fargate = "fargate";

    public static IReadOnlyList<string> Known { get; } = [Lambda, Fargate];
}
