namespace Gateway.Api.Batches;

/// <summary>How long a batch has; OpenAI knows no other.</summary>
internal static class BatchWindow
{
    public const string Name = "24h";

    public static readonly TimeSpan Length = TimeSpan.FromHours(24);
}
