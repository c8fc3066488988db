namespace Local.Model.Behaviour;

internal static class BehaviourRules
{
    private const int LongestMs = 600_000;

    public static IEnumerable<string> Errors(BehaviourOptions options)
    {
        if (options.TimeToFirstTokenMs is < 0 or > LongestMs)
        {
            yield return $"time_to_first_token_ms must be 0 to {LongestMs}; it is {options.TimeToFirstTokenMs}.";
        }

        if (options.TokensPerSecond is < 0 or > 1_000_000 or double.NaN)
        {
            yield return $"tokens_per_second must be 0 (no limit) to 1000000; it is {options.TokensPerSecond}.";
        }

        if (options.Jitter is < 0 or > 1 or double.NaN)
        {
            yield return $"jitter must be 0 to 1; it is {options.Jitter}.";
        }

        for (var index = 0; index < options.Faults.Count; index++)
        {
            foreach (var error in Errors(options.Faults[index]))
            {
                yield return $"faults[{index}].{error}";
            }
        }
    }

    private static IEnumerable<string> Errors(Fault fault)
    {
        if (!Enum.IsDefined(fault.Kind))
        {
            yield return $"kind must be one of {string.Join(", ", Enum.GetNames<FaultKind>())}; it is {fault.Kind}.";
        }

        if (fault.Status is < 200 or > 599)
        {
            yield return $"status must be 200 to 599; it is {fault.Status}.";
        }

        if (fault.RetryAfter is < 0 or > 86_400)
        {
            yield return $"retry_after must be 0 to 86400 seconds; it is {fault.RetryAfter}.";
        }

        if (fault.AfterTokens < 0)
        {
            yield return $"after_tokens must be 0 or more; it is {fault.AfterTokens}.";
        }

        if (fault.DurationMs is < 0 or > LongestMs)
        {
            yield return $"duration_ms must be 0 to {LongestMs}; it is {fault.DurationMs}.";
        }

        if (fault.Times < 1)
        {
            yield return $"times must be 1 or more; it is {fault.Times}.";
        }

        if (fault.Probability is < 0 or > 1 or double.NaN)
        {
            yield return $"probability must be 0 to 1; it is {fault.Probability}.";
        }
    }
}
