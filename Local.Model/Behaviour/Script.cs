namespace Local.Model.Behaviour;

/// <summary>What one request will meet: its timing and at most one fault of each kind.</summary>
internal sealed record Script(int TimeToFirstTokenMs, double TokensPerSecond, double Jitter, int JitterSeed, bool Ready, IReadOnlyList<Fault> Faults)
{
    public Fault? Find(FaultKind kind)
    {
        for (var index = 0; index < Faults.Count; index++)
        {
            if (Faults[index].Kind == kind)
            {
                return Faults[index];
            }
        }

        return null;
    }
}
