namespace Cost.Worker.Intake;

/// <summary>What keeps the intake from working at present, for the health checks; null where nothing does.</summary>
internal sealed class IntakeState
{
    private volatile IntakeTrouble? _trouble;

    public IntakeTrouble? Trouble
    {
        get => _trouble;
        set => _trouble = value;
    }
}
