namespace Aws.Deployment.Configuration;

/// <summary>When the cost worker runs.</summary>
internal static class CostModes
{
    public const string Service = "service";
    public const string Schedule = "schedule";

    public static IReadOnlyList<string> Known { get; } = [Service, Schedule];
}
