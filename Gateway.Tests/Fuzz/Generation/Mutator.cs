using System.Text;

namespace Gateway.Tests.Fuzz.Generation;

/// <summary>Makes inputs of examples: JSON changed as JSON, bytes flipped, cut out, doubled, moved, put in, examples joined, the end cut off.</summary>
/// <param name="examples">Valid ones for the most part.</param>
/// <param name="words">What means something to the parser, to be put in anywhere.</param>
public sealed class Mutator(IReadOnlyList<byte[]> examples, IReadOnlyList<string> words)
{
    private const int MostChanges = 5;
    private const int Longest = 64 * 1024;

    private readonly byte[][] _words = [.. words.Select(word => Encoding.UTF8.GetBytes(word))];

    public byte[] Next(FuzzRandom random) => Change(random.Pick(examples), random);

    /// <summary>The example as it is now and then, else changed.</summary>
    public byte[] Change(byte[] example, FuzzRandom random)
    {
        var input = example;
        var (asJson, asBytes) = random.Below(4) switch
        {
            0 => (random.Below(MostChanges), 0),
            1 => (0, 1 + random.Below(MostChanges)),
            _ => (random.Below(3), random.Below(3)),
        };
        for (; asJson > 0 && JsonMutation.TryChange(input, random) is { } changed; asJson--)
        {
            input = changed;
        }

        for (; asBytes > 0; asBytes--)
        {
            input = ChangeBytes(input, random);
        }

        return input.Length > Longest ? input[..Longest] : input;
    }

    private byte[] ChangeBytes(byte[] input, FuzzRandom random)
    {
        var at = random.Below(input.Length + 1);
        var length = Math.Min(random.Length(256), input.Length - at);
        var (before, piece, after) = (input[..at], input[at..(at + length)], input[(at + length)..]);
        return random.Below(11) switch
        {
            0 or 1 => Flipped(input, random),
            2 => [.. before, .. after],
            3 => [.. before, .. piece, .. piece, .. after],
            4 => before,
            5 => [.. before, .. Word(random), .. input[at..]],
            6 => [.. before, .. Word(random), .. after],
            7 => [.. before, .. Hostile.Piece(random), .. input[at..]],
            8 => [.. before, .. Hostile.Piece(random), .. after],
            9 => [.. before, .. Joined(random.Pick(examples), random)],
            _ => [.. before, .. random.Bytes(random.Length(32)), .. after],
        };
    }

    private byte[] Word(FuzzRandom random) => _words.Length == 0 ? Hostile.Piece(random) : random.Pick(_words);

    private static byte[] Flipped(byte[] input, FuzzRandom random)
    {
        if (input.Length == 0)
        {
            return random.Bytes(1);
        }

        var flipped = input.ToArray();
        flipped[random.Below(input.Length)] ^= (byte)(1 << random.Below(8));
        return flipped;
    }

    private static byte[] Joined(byte[] other, FuzzRandom random) => other[random.Below(other.Length + 1)..];
}
