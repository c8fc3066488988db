namespace Gateway.Benchmarks.Scale.Model;

/// <summary>What one replica has leased for one tenant, and how many requests it expects of him.</summary>
internal sealed class TenantLease(Simulation simulation, LeaseTerms terms)
{
    private double _windowSince;
    private int _before;
    private int _current;
    private int _left;
    private double _until;
    private bool _isAsking;
    private bool _isOpen;

    private int Expected => Math.Max(_before, _current);

    /// <summary>Whether it admits one more, by itself.</summary>
    public bool TryAdmit()
    {
        Count();
        if (!_isOpen || _left == 0 || simulation.Now >= _until)
        {
            return false;
        }

        _left--;
        return true;
    }

    /// <summary>Ends one that admits no more; false where there is none, and nothing to settle.</summary>
    public bool TryEnd()
    {
        var wasOpen = _isOpen;
        _isOpen = false;
        return wasOpen;
    }

    /// <summary>Asks for one where it is worth it.</summary>
    public bool TryAsk()
    {
        if (_isAsking || Expected < terms.Fewest)
        {
            return false;
        }

        _isAsking = true;
        return true;
    }

    /// <summary>Redis has given what was asked for.</summary>
    public void Begin(double askedAt) => (_isAsking, _isOpen, _left, _until) = (false, true, (int)Math.Ceiling(Expected * terms.Margin), askedAt + terms.Seconds);

    private void Count()
    {
        var passed = simulation.Now - _windowSince;
        if (passed >= terms.Seconds)
        {
            _before = passed < 2 * terms.Seconds ? _current : 0;
            (_current, _windowSince) = (0, simulation.Now);
        }

        _current++;
    }
}
