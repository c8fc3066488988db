using System.Text;

namespace Gateway.Tests.Fuzz.Generation;

/// <summary>What parsers have stumbled over before: numbers at the edge of what a type holds, text that is none, nesting without end.</summary>
internal static class Hostile
{
    public static readonly IReadOnlyList<string> Numbers =
    [
        "0", "-0", "-1", "1", "1.5", "0.0", "-0.0", "1e0", "00", "1e400", "-1e400", "1e-400", "127", "128", "255", "256", "32767", "65535", "65536", "2147483647", "2147483648", "-2147483648", "-2147483649",
        "4294967295", "4294967296", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551615", "18446744073709551616",
        "170141183460469231731687303715884105727", "170141183460469231731687303715884105728", "79228162514264337593543950336", "3.4028236e38", "1.7976931348623159e308", "NaN", "Infinity", "0x10", "1_000", "+1", "١",
    ];

    private static readonly byte[][] Bytes =
    [
        [0], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xEF, 0xBB, 0xBF], [0xFE, 0xFF], [0x80], [0xE2, 0x80, 0xA8], [0x7F], [0x1B],
        .. new[] { "\\u0000", "\\ud800", "\\udc00", "\\ud83d\\ude00", "\\u", "\\", "\"", "\\\"", "'", "\r\n", "\n", "\r", "\t", " ", ",", ":", "{", "}", "[", "]", "null", "true", "{}", "[]", "\"\"", "é", "😀", "\u202E", "%00", "..", "//", "/*", "=", ";", "-", "." }
            .Select(text => Encoding.UTF8.GetBytes(text)),
    ];

    private static readonly string[] Openings = ["[", "{\"a\":", "[{\"a\":[", "(", "<a>"];

    public static byte[] Piece(FuzzRandom random) => random.Below(6) switch
    {
        0 => Encoding.UTF8.GetBytes(random.Pick(Numbers)),
        1 when random.OneIn(4) => Nesting(random),
        _ => random.Pick(Bytes),
    };

    /// <summary>Brackets that open; seldom closed, now and then by the thousand.</summary>
    public static byte[] Nesting(FuzzRandom random)
    {
        var depth = random.OneIn(20) ? 2000 : 1 + random.Below(140);
        var opening = random.Pick(Openings);
        var nested = string.Concat(Enumerable.Repeat(opening, depth));
        return Encoding.ASCII.GetBytes(random.OneIn(2) ? nested : nested + "0" + string.Concat(Enumerable.Repeat(opening[0] == '[' ? "]" : "}", depth)));
    }
}
