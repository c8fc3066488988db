using System.Diagnostics;
using System.Globalization;
using Shouldly;

namespace Gateway.Tests.Hosts;

/// <summary>Sends real signals.</summary>
internal static class Signals
{
    /// <param name="process">Its id.</param>
    /// <param name="signal">Its name without SIG: <c>STOP</c>, <c>CONT</c>.</param>
    public static async Task SendAsync(int process, string signal)
    {
        // 0 would be this very process and all that it started.
        process.ShouldBeGreaterThan(0);
        using var kill = Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {process}")]);
        await kill.WaitForExitAsync();
        kill.ExitCode.ShouldBe(0);
    }
}
