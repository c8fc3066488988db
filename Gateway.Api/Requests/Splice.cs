namespace Gateway.Api.Requests;

/// <summary>One change on a body's way to an upstream: the bytes of a range give way to others.</summary>
internal readonly record struct Splice(Range Cut, ReadOnlyMemory<byte> Replacement)
{
    /// <summary>By how many bytes the body grows.</summary>
    public int Growth => Replacement.Length - (Cut.End.Value - Cut.Start.Value);
}
