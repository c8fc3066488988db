using System.Globalization;

namespace Gateway.Tests.Fuzz;

/// <summary>How many inputs each parser gets, and from which seed on; input <c>n</c> is the same wherever and whenever it is made.</summary>
internal static class FuzzPlan
{
    private const int QuickInputs = 2_000;
    private const int LongInputs = 1_000_000;

    /// <summary><c>FUZZ_SEED</c>; 0 where it is not set. With <c>FUZZ_INPUTS=1</c> it is one input again.</summary>
    public static ulong FirstSeed { get; } = Read("FUZZ_SEED") ?? 0;

    public static int Quick => Inputs ?? QuickInputs;

    public static int Long => Inputs ?? LongInputs;

    private static int? Inputs { get; } = (int?)Read("FUZZ_INPUTS");

    private static ulong? Read(string name) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
