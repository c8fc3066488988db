namespace Gateway.Api.Answers;

/// <summary>A tool call, known in a stream by its index and its id.</summary>
internal sealed class ToolCallInProgress(int index, byte[] id)
{
    public int Index { get; } = index;

    public byte[] Id { get; } = id;

    /// <summary>Whether its name was there, and the writer was told.</summary>
    public bool HasBegun { get; set; }

    /// <summary>Some servers give every call index 0 and tell them apart by their ids alone.</summary>
    public bool Is(int givenIndex, ReadOnlySpan<byte> givenId) => Index == givenIndex && (givenId.IsEmpty || givenId.SequenceEqual(Id));
}
