namespace Cost.Worker.Traffic.Series;

/// <summary>Cells of the last so many steps of time; what is older is forgotten.</summary>
internal sealed class CellRing(int length)
{
    private readonly long[] _numbers = new long[length];
    private readonly TrafficCell?[] _cells = new TrafficCell?[length];

    public TrafficCell? Find(long number) => _numbers[number % length] == number ? _cells[number % length] : null;

    /// <summary>The cell to add to; null where it is too old to be held.</summary>
    public TrafficCell? CellOf(long number)
    {
        var slot = number % length;
        if (number < _numbers[slot])
        {
            return null;
        }

        if (number > _numbers[slot])
        {
            (_numbers[slot], _cells[slot]) = (number, null);
        }

        return _cells[slot] ??= new TrafficCell();
    }

    public void AddAll(CellRing other)
    {
        for (var slot = 0; slot < length; slot++)
        {
            if (other._cells[slot] is { } cell)
            {
                CellOf(other._numbers[slot])?.AddAll(cell);
            }
        }
    }
}
