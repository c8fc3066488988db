using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The value of a parameter that configuration does not give.</summary>
public abstract class ParameterDefault
{
    public abstract string GetDefaultValue();
}

/// <summary>A random value: <see cref="MinLength"/> (22) characters of the allowed groups, with a least number of each.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    // Without l, I, O, 0 and 1, which are easily misread, and with special characters that need no quoting anywhere.
    private const string LowerCase = "abcdefghjkmnpqrstuvwxyz";
    private const string UpperCase = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private const string Digits = "0123456789";
    private const string SpecialCharacters = "-_.{}~()*+!";

    public int MinLength { get; set; } = 22;

    public bool Lower { get; set; } = true;

    public bool Upper { get; set; } = true;

    public bool Numeric { get; set; } = true;

    public bool Special { get; set; } = true;

    public int MinLower { get; set; }

    public int MinUpper { get; set; }

    public int MinNumeric { get; set; }

    public int MinSpecial { get; set; }

    public override string GetDefaultValue()
    {
        (bool Allowed, string Characters, int Least)[] groups =
            [(Lower, LowerCase, MinLower), (Upper, UpperCase, MinUpper), (Numeric, Digits, MinNumeric), (Special, SpecialCharacters, MinSpecial)];
        var allowed = groups.Where(group => group.Allowed).ToArray();
        if (allowed.Length == 0)
        {
            throw new InvalidOperationException("At least one group of characters must be allowed.");
        }

        var value = allowed.SelectMany(group => RandomNumberGenerator.GetItems<char>(group.Characters, group.Least)).ToList();
        value.AddRange(RandomNumberGenerator.GetItems<char>(string.Concat(allowed.Select(group => group.Characters)), Math.Max(0, MinLength - value.Count)));
        var characters = value.ToArray();
        RandomNumberGenerator.Shuffle<char>(characters);
        return new string(characters);
    }
}
