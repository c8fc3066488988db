namespace Cost.Worker.Alerts;

/// <summary>What a rule sees of one thing at one moment, be it in order or not.</summary>
/// <param name="Rule">The rule, such as <c>error_rate</c>.</param>
/// <param name="Subject">What it is about, such as an alias.</param>
/// <param name="Summary">In words.</param>
/// <param name="Levels">In any order; a severity may have several.</param>
internal sealed record Finding(string Rule, string Subject, string Summary, params IReadOnlyList<Level> Levels)
{
    /// <summary>What is known to be in order, also where a rule does not see all.</summary>
    public static Finding InOrder(string rule, string subject) => new(rule, subject, "");

    /// <summary>Where it is either so or not.</summary>
    public static Finding Of(string rule, string subject, Severity severity, string summary) => new(rule, subject, summary, new Level(severity, 1, 1));
}
