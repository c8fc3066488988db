using ServiceDefaults.Network;

namespace Aws.Deployment.Verification;

/// <summary>Runs the checks of a gateway one after the other; one that fails keeps none from being run, unless nobody is there.</summary>
internal sealed class GatewayVerification(GatewayChecks checks, TimeProvider time)
{
    /// <param name="told">Hears of each as it is done.</param>
    public async Task<IReadOnlyList<CheckResult>> RunAsync(Action<CheckResult> told, CancellationToken cancellationToken)
    {
        var results = new List<CheckResult>();
        foreach (var (name, check) in checks.All)
        {
            var begun = time.GetTimestamp();
            var finding = results is [{ Finding.IsSilence: true }, ..] ? Finding.Skipped("nobody answers") : await FindAsync(check, cancellationToken);
            results.Add(new CheckResult(name, finding, time.GetElapsedTime(begun)));
            told(results[^1]);
        }

        return results;
    }

    private static async Task<Finding> FindAsync(Func<CancellationToken, Task<Finding>> check, CancellationToken cancellationToken)
    {
        try
        {
            return await check(cancellationToken);
        }
        catch (Exception failure) when (failure.IsOfNetwork())
        {
            return Finding.Silence(failure.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Finding.Silence("none in time");
        }
    }
}
