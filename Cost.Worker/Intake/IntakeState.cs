namespace Cost.Worker.Intake;

/// <summary>How the intake fares, for the health checks and alerts.</summary>
internal sealed class IntakeState(TimeProvider time)
{
    private volatile IntakeTrouble? _trouble;
    private long _drained;

    /// <summary>For how long it has not had all usage that is there; null where there is no intake.</summary>
    public TimeSpan? Lag => Volatile.Read(ref _drained) is not 0 and var drained ? time.GetElapsedTime(drained) : null;

    /// <summary>What keeps it from working at present; null where nothing does.</summary>
    public IntakeTrouble? Trouble
    {
        get => _trouble;
        set => _trouble = value;
    }

    /// <summary>Nothing is left to take in at this moment; also said at the start, from when on lag is counted.</summary>
    public void Drained() => Volatile.Write(ref _drained, time.GetTimestamp());
}
