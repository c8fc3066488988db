using System.Buffers.Binary;

namespace Gateway.Api.Limits.Shared;

/// <summary>A hold as a member of Redis's sorted set: what it took, of whom, and two numbers that make it the only one of its kind.</summary>
internal static class HoldMember
{
    private const int Fixed = (5 * sizeof(double)) + (3 * sizeof(uint)) + 1;

    /// <param name="at">When it was taken.</param>
    /// <param name="replica">The process's own number.</param>
    /// <param name="number">Its number there.</param>
    public static byte[] Of(Hold hold, Moment at, long replica, long number)
    {
        var group = hold.Group;
        var length = Fixed;
        foreach (var scope in group.Scopes)
        {
            length += 1 + scope.Id.Length;
        }

        var member = new byte[length];
        var span = member.AsSpan();
        BinaryPrimitives.WriteDoubleLittleEndian(span, at.Milliseconds);
        BinaryPrimitives.WriteDoubleLittleEndian(span[8..], replica);
        BinaryPrimitives.WriteDoubleLittleEndian(span[16..], number);
        BinaryPrimitives.WriteDoubleLittleEndian(span[24..], hold.Tokens);
        BinaryPrimitives.WriteDoubleLittleEndian(span[32..], hold.NanoUsd);
        BinaryPrimitives.WriteUInt32LittleEndian(span[40..], (uint)at.Month);
        BinaryPrimitives.WriteUInt32LittleEndian(span[44..], (uint)hold.Requests);
        BinaryPrimitives.WriteUInt32LittleEndian(span[48..], (uint)hold.Slots);
        span[52] = (byte)group.Scopes.Length;
        span = span[Fixed..];
        foreach (var scope in group.Scopes)
        {
            span[0] = (byte)scope.Id.Length;
            scope.Id.Span.CopyTo(span[1..]);
            span = span[(1 + scope.Id.Length)..];
        }

        return member;
    }
}
