namespace Cost.Worker.Alerts;

/// <summary>A value, and from where on it is how bad.</summary>
internal readonly record struct Level(Severity Severity, double Value, double Threshold)
{
    public bool IsReached => Value >= Threshold;

    /// <param name="hysteresis">By what part of the threshold the value must fall below it.</param>
    public bool IsHeld(double hysteresis) => Value >= Threshold * (1 - hysteresis);
}
