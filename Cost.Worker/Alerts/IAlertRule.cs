namespace Cost.Worker.Alerts;

/// <summary>Watches one kind of trouble.</summary>
internal interface IAlertRule
{
    /// <summary>What its findings have as their rule.</summary>
    string Name { get; }

    /// <summary>Whether what it does not mention is in order. While it is not, as after a start, alerts begin as ever, and none ends.</summary>
    bool IsCertain { get; }

    IEnumerable<Finding> Evaluate();
}
