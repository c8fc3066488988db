using ServiceDefaults.Usage;

namespace Cost.Worker.Ledger;

/// <summary>A status by the name that it has in a usage event.</summary>
internal static class StatusText
{
    private static readonly UsageStatus[] All = Enum.GetValues<UsageStatus>();

    public static string Of(UsageStatus status) => status switch
    {
        UsageStatus.Ok => "ok",
        UsageStatus.Refused => "refused",
        UsageStatus.Failed => "failed",
        UsageStatus.Cancelled => "cancelled",
        UsageStatus.Cached => "cached",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    public static bool TryParse(string? text, out UsageStatus status)
    {
        foreach (var one in All)
        {
            if (Of(one) == text)
            {
                status = one;
                return true;
            }
        }

        status = default;
        return false;
    }
}
