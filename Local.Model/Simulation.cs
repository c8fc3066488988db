namespace Local.Model;

internal static class Simulation
{
    /// <summary>In every answer's system_fingerprint, so that nobody takes it for a model's.</summary>
    public const string Fingerprint = "simulated";

    /// <summary>What /version says.</summary>
    public const string Version = "0.0.0+simulated";
}
