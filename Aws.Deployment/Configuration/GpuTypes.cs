namespace Aws.Deployment.Configuration;

/// <summary>The instance types that the model server runs on: one GPU each, but for the largest.</summary>
public static class GpuTypes
{
    /// <summary>No model server.</summary>
    public const string None = "none";

    /// <summary>Families g4dn (T4, no bfloat16) and g5 (A10G), in the sizes that suit a small model.</summary>
    public static IReadOnlyList<string> Known { get; } =
        ["g4dn.xlarge", "g4dn.2xlarge", "g4dn.4xlarge", "g4dn.8xlarge", "g5.xlarge", "g5.2xlarge", "g5.4xlarge", "g5.8xlarge"];

    /// <summary>Those with the same GPU that are not smaller, the smallest first.</summary>
    internal static IEnumerable<string> SameOrLarger(string type) => Known.SkipWhile(known => known != type).Where(known => known.Split('.')[0] == type.Split('.')[0]);

    /// <summary>Whether it has no bfloat16, so that weights are taken as float16.</summary>
    internal static bool NeedsHalf(string type) => type.StartsWith("g4dn.", StringComparison.Ordinal);
}
