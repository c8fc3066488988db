namespace Gateway.Api.Limits;

/// <summary>
/// The most tokens that a prompt is, from its bytes. No tokeniser is at hand: a token is a byte at least. Once 1,000 requests were seen, what 999
/// of 1,000 stayed below takes its place.
/// </summary>
internal sealed class PromptBound
{
    private const int Enough = 1000;
    private const double Quantile = 0.999;

    // Tokens per byte from 1 downwards, each step 2 % less: the last one is a token in 160 bytes.
    private const double Step = 1.02;
    private const int Steps = 256;

    private readonly int[] _counts = new int[Steps];
    private int _seen;
    private double _tokensPerByte = 1;

    public long Of(long bytes) => (long)Math.Ceiling(bytes * Volatile.Read(ref _tokensPerByte));

    public void Learn(long bytes, long tokens)
    {
        if (bytes <= 0 || tokens <= 0)
        {
            return;
        }

        var step = Math.Clamp((int)(Math.Log((double)bytes / tokens) / Math.Log(Step)), 0, Steps - 1);
        Interlocked.Increment(ref _counts[step]);
        if (Interlocked.Increment(ref _seen) % Enough == 0)
        {
            Volatile.Write(ref _tokensPerByte, Math.Pow(Step, -StepOfQuantile()));
        }
    }

    private int StepOfQuantile()
    {
        var above = Volatile.Read(ref _seen) * (1 - Quantile);
        for (var step = 0; step < Steps; step++)
        {
            above -= Volatile.Read(ref _counts[step]);
            if (above < 0)
            {
                return step;
            }
        }

        return Steps - 1;
    }
}
