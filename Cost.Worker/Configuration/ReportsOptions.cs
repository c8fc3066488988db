namespace Cost.Worker.Configuration;

/// <summary>Section <c>Reports</c>.</summary>
internal sealed record ReportsOptions
{
    public const string Section = "Reports";

    /// <summary>Reports that the worker writes into files by itself, by name: letters, digits, <c>-</c> and <c>_</c>, which its files begin with. None by default.</summary>
    public IReadOnlyDictionary<string, ScheduledReportOptions> Schedule { get; init; } = new Dictionary<string, ScheduledReportOptions>();
}
