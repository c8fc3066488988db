namespace Local.Model.Tokens;

/// <summary>A text and where its tokens end.</summary>
internal readonly struct TokenSequence(string text)
{
    private readonly int[] _ends = Tokenizer.Split(text);

    public string Text { get; } = text;

    public int Count => _ends.Length;

    public ReadOnlySpan<char> this[int index] => Text.AsSpan(StartOf(index), _ends[index] - StartOf(index));

    public int StartOf(int index) => index == 0 ? 0 : _ends[index - 1];

    /// <summary>The first <paramref name="count"/> tokens as text.</summary>
    public string Take(int count) => count >= Count ? Text : Text[..StartOf(count)];
}
