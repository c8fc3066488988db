namespace Cost.Worker.Configuration;

/// <summary>A report that is written into a folder again and again.</summary>
internal sealed record ScheduledReportOptions
{
    /// <summary><c>Daily</c> (the default): the month up to the day before, with its forecast. <c>Monthly</c>: the whole month before, on the first day of each.</summary>
    public string Every { get; init; } = nameof(ReportInterval.Daily);

    /// <summary>The hour, in UTC, from which on it is written; 0 to 23, by default 1.</summary>
    public int Hour { get; init; } = 1;

    /// <summary>What to group by, separated by commas; by default <c>tenant,model</c>.</summary>
    public string By { get; init; } = "tenant,model";

    /// <summary>The forms to write, separated by commas: <c>html</c> (the default), <c>md</c>, <c>json</c>, <c>csv</c> and <c>text</c>.</summary>
    public string Formats { get; init; } = "html";

    /// <summary>Where to; by default <c>reports</c> below <c>Data:Directory</c>. Made where it is not there.</summary>
    public string? Folder { get; init; }

    /// <summary>What all together may spend in a month, in US dollars, above 0 and at most 1,000,000,000: the report says when it runs out. None by default.</summary>
    public decimal? BudgetUsd { get; init; }
}
