namespace Gateway.Api.Providers.Bedrock;

/// <summary>Several calls for one request, at once and answered in their order; the first that fails ends the others.</summary>
internal static class FanOut
{
    private const int MostAtOnce = 16;

    public static async Task<(T[] Values, UpstreamFailure? Failure)> RunAsync<T>(
        int count, Func<int, CancellationToken, Task<(T? Value, UpstreamFailure? Failure)>> call, CancellationToken cancellationToken)
        where T : class, IDisposable
    {
        var values = new T?[count];
        UpstreamFailure? failure = null;
        using var others = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var isWhole = false;
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = MostAtOnce, CancellationToken = others.Token };
            await Parallel.ForEachAsync(Enumerable.Range(0, count), options, async (index, token) =>
            {
                (values[index], var failed) = await call(index, token);
                if (failed is not null)
                {
                    Interlocked.CompareExchange(ref failure, failed, null);
                    await others.CancelAsync();
                }
            });
            isWhole = failure is null;
        }
        catch (OperationCanceledException) when (failure is not null)
        {
            // The others were ended because one had failed.
        }
        finally
        {
            if (!isWhole)
            {
                Array.ForEach(values, value => value?.Dispose());
            }
        }

        return ([.. values.OfType<T>()], failure);
    }
}
