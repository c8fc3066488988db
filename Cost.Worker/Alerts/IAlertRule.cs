namespace Cost.Worker.Alerts;

/// <summary>Watches one kind of trouble. What it does not mention is, as far as it knows, in order.</summary>
internal interface IAlertRule
{
    IEnumerable<Finding> Evaluate();
}
