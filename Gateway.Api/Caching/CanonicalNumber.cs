namespace Gateway.Api.Caching;

/// <summary>
/// Writes a JSON number by its value: <c>1</c>, <c>1.0</c> and <c>10e-1</c> alike, whatever its size; no floating point comes near it.
/// Sign, exponent of the last digit, digits from the first to the last that is not zero.
/// </summary>
internal static class CanonicalNumber
{
    // With these a number that anybody can mean has its digits counted without an overflow.
    private const int MostExponentDigits = 15;

    public static void Write(ReadOnlySpan<byte> number, CanonicalText text)
    {
        var rest = number;
        var isNegative = rest[0] == (byte)'-';
        rest = isNegative ? rest[1..] : rest;
        var e = rest.IndexOfAny((byte)'e', (byte)'E');
        if (!TryReadExponent(e < 0 ? default : rest[(e + 1)..], out var exponent))
        {
            text.Write((byte)'N');
            text.Write(number);
            return;
        }

        rest = e < 0 ? rest : rest[..e];
        var point = rest.IndexOf((byte)'.');
        exponent -= point < 0 ? 0 : rest.Length - point - 1;
        var start = text.Length;
        text.Write((byte)'n');
        var digits = text.Open(rest.Length);
        var count = 0;
        foreach (var digit in rest)
        {
            if (digit != (byte)'.' && (count > 0 || digit != (byte)'0'))
            {
                digits[count++] = digit;
            }
        }

        var significant = digits[..count].TrimEnd((byte)'0').Length;
        if (significant == 0)
        {
            text.CutBackTo(start);
            text.Write((byte)'0');
            return;
        }

        text.Close(significant);
        text.Write(exponent + count - significant);
        text.Write((byte)(isNegative ? '-' : '+'));
    }

    private static bool TryReadExponent(ReadOnlySpan<byte> digits, out long exponent)
    {
        exponent = 0;
        if (digits.IsEmpty)
        {
            return true;
        }

        var isNegative = digits[0] == (byte)'-';
        digits = digits[0] is (byte)'-' or (byte)'+' ? digits[1..] : digits;
        digits = digits.TrimStart((byte)'0');
        if (digits.Length > MostExponentDigits)
        {
            return false;
        }

        foreach (var digit in digits)
        {
            exponent = (exponent * 10) + (digit - '0');
        }

        exponent = isNegative ? -exponent : exponent;
        return true;
    }
}
