using System.Buffers.Binary;

namespace Gateway.Api.Limits.Shared;

/// <summary>Reads what <see cref="LimitScript"/> returns: for each hold four bytes and seven numbers.</summary>
internal static class LimitReply
{
    private const int Numbers = 4;
    private const int Record = Numbers + (7 * sizeof(double));

    public static Verdict Read(ReadOnlySpan<byte> reply, int index)
    {
        var record = reply.Slice(index * Record, Record);
        if (record[0] != 0)
        {
            return new Verdict
            {
                Refused = (LimitKind)record[0],
                Scope = record[1],
                Limit = Number(record, 0),
                Used = Number(record, 1),
                Held = Number(record, 2),
                WaitMilliseconds = Number(record, 3),
            };
        }

        return new Verdict
        {
            Requests = (LimitKind)record[1],
            Budget = (LimitKind)record[2],
            BudgetScope = record[3],
            RequestLimit = Number(record, 0),
            RequestsRemaining = Number(record, 1),
            TokenLimit = Number(record, 2),
            TokensRemaining = Number(record, 3),
            BudgetLimit = Number(record, 4),
            BudgetSpent = Number(record, 5),
            BudgetHeld = Number(record, 6),
        };
    }

    private static long Number(ReadOnlySpan<byte> record, int index) =>
        (long)BinaryPrimitives.ReadDoubleLittleEndian(record[(Numbers + (index * sizeof(double)))..]);
}
