namespace Gateway.Tests.Fuzz;

/// <summary>An input that a parser did not stand, with all that is needed to try it again.</summary>
public sealed class FuzzException : Exception
{
    public FuzzException(Type parser, ulong seed, byte[] input, string what, Exception? cause = null)
        : base($"{parser.Name} at input {seed}: {what}\nAgain: FUZZ_SEED={seed} FUZZ_INPUTS=1 dotnet run --project Gateway.Tests -- -class {parser.FullName}\nInput, base64: {Convert.ToBase64String(input)}", cause)
    {
    }
}
