using System.Buffers.Binary;

namespace Gateway.Api.Limits.Shared;

/// <summary>Writes what <see cref="LimitScript"/> reads, into one array that is used again and again. Numbers are little-endian, counts first.</summary>
internal sealed class LimitMessage(long replica)
{
    private const int Head = (4 * sizeof(double)) + sizeof(uint) + (4 * sizeof(ushort));
    private const int MostScopes = 250;
    private const int MostEntries = 500;
    private const int MostBytes = 256 * 1024;
    private const int LimitsOfScope = (4 * sizeof(uint)) + (2 * sizeof(double));
    private const int FirstBytes = 4096;
    private const int PriceIsKnown = 1;
    private const int IsLease = 2;

    private readonly List<Scope> _scopes = [];
    private byte[] _entries = new byte[FirstBytes];
    private byte[] _bytes = new byte[FirstBytes];
    private int _length;
    private int _settlements;
    private int _renewals;
    private int _holds;

    public bool IsEmpty => _settlements + _renewals + _holds == 0;

    /// <summary>Whether one more of whatever kind fits.</summary>
    public bool HasRoom => _settlements + _renewals + _holds < MostEntries && _length < MostBytes;

    public void Clear()
    {
        _scopes.Clear();
        (_length, _settlements, _renewals, _holds) = (0, 0, 0, 0);
    }

    /// <summary>Before renewals and holds.</summary>
    public void AddSettlement(Settlement settlement)
    {
        AddMember(settlement.Member);
        Write(settlement.Tokens);
        Write(settlement.NanoUsd);
        Write(settlement.Unused);
        Write((long)settlement.Open.Count);
        foreach (var member in settlement.Open)
        {
            AddMember(member);
        }

        _settlements++;
    }

    /// <summary>Before holds.</summary>
    public void AddRenewal(byte[] member)
    {
        AddMember(member);
        _renewals++;
    }

    /// <summary>False where there are too many scopes for one message.</summary>
    public bool TryAddHold(Hold hold)
    {
        if (_scopes.Count + hold.Group.Scopes.Length > MostScopes)
        {
            return false;
        }

        AddMember(hold.Member!);
        Write((byte)((hold.PriceIsKnown ? PriceIsKnown : 0) | (hold.IsLease ? IsLease : 0)));
        Write((byte)hold.Group.Scopes.Length);
        foreach (var scope in hold.Group.Scopes)
        {
            Write((byte)IndexOf(scope));
        }

        _holds++;
        return true;
    }

    /// <summary>The message; good until the next one is begun.</summary>
    public ReadOnlyMemory<byte> Finish(Moment now, long sequence, TimeSpan ttl)
    {
        Ensure(ref _bytes, Head + _length + _scopes.Sum(scope => 1 + scope.Id.Length + LimitsOfScope));
        var span = _bytes.AsSpan();
        BinaryPrimitives.WriteDoubleLittleEndian(span, now.Milliseconds);
        BinaryPrimitives.WriteDoubleLittleEndian(span[8..], sequence);
        BinaryPrimitives.WriteDoubleLittleEndian(span[16..], ttl.TotalMilliseconds);
        BinaryPrimitives.WriteUInt32LittleEndian(span[24..], (uint)now.Month);
        BinaryPrimitives.WriteUInt16LittleEndian(span[28..], (ushort)_scopes.Count);
        BinaryPrimitives.WriteUInt16LittleEndian(span[30..], (ushort)_settlements);
        BinaryPrimitives.WriteUInt16LittleEndian(span[32..], (ushort)_renewals);
        BinaryPrimitives.WriteUInt16LittleEndian(span[34..], (ushort)_holds);
        BinaryPrimitives.WriteDoubleLittleEndian(span[36..], replica);
        var at = Head;
        foreach (var scope in _scopes)
        {
            at += WriteScope(span[at..], scope);
        }

        _entries.AsSpan(0, _length).CopyTo(span[at..]);
        return _bytes.AsMemory(0, at + _length);
    }

    // A scope is one object for as long as configuration and key are the same.
    private int IndexOf(Scope scope)
    {
        for (var i = 0; i < _scopes.Count; i++)
        {
            if (ReferenceEquals(_scopes[i], scope))
            {
                return i;
            }
        }

        _scopes.Add(scope);
        return _scopes.Count - 1;
    }

    private static int WriteScope(Span<byte> span, Scope scope)
    {
        var id = scope.Id.Span;
        span[0] = (byte)id.Length;
        id.CopyTo(span[1..]);
        span = span[(1 + id.Length)..];
        BinaryPrimitives.WriteUInt32LittleEndian(span, (uint)scope.RequestsPerMinute);
        BinaryPrimitives.WriteUInt32LittleEndian(span[4..], (uint)scope.RequestsPerDay);
        BinaryPrimitives.WriteUInt32LittleEndian(span[8..], (uint)scope.TokensPerMinute);
        BinaryPrimitives.WriteUInt32LittleEndian(span[12..], (uint)scope.Concurrent);
        BinaryPrimitives.WriteDoubleLittleEndian(span[16..], scope.DailyNanoUsd);
        BinaryPrimitives.WriteDoubleLittleEndian(span[24..], scope.MonthlyNanoUsd);
        return 1 + id.Length + LimitsOfScope;
    }

    private void AddMember(byte[] member)
    {
        Ensure(ref _entries, _length + sizeof(ushort) + member.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(_entries.AsSpan(_length), (ushort)member.Length);
        member.CopyTo(_entries, _length + sizeof(ushort));
        _length += sizeof(ushort) + member.Length;
    }

    private void Write(byte number)
    {
        Ensure(ref _entries, _length + 1);
        _entries[_length++] = number;
    }

    private void Write(long number)
    {
        Ensure(ref _entries, _length + sizeof(double));
        BinaryPrimitives.WriteDoubleLittleEndian(_entries.AsSpan(_length), number);
        _length += sizeof(double);
    }

    private static void Ensure(ref byte[] array, int length)
    {
        if (array.Length < length)
        {
            Array.Resize(ref array, Math.Max(length, array.Length * 2));
        }
    }
}
