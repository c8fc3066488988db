namespace Gateway.Api.Requests;

/// <summary>
/// What a chat request made from another API's carries beyond OpenAI's form, such as <c>cache_control</c>. A provider that translates
/// reads it; a server that speaks OpenAI's protocol, and may refuse what it does not know, gets the request without it.
/// </summary>
internal sealed class ChatExtensions
{
    private readonly List<Range> _cuts = [];
    private readonly List<string> _warnings = [];

    /// <summary>Where the extensions stand in the body, in order, each with the comma before it. All stand after the model.</summary>
    public IReadOnlyList<Range> Cuts => _cuts;

    /// <summary>What the caller is told where they were cut, each once.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    public void Add(Range cut, string warning)
    {
        _cuts.Add(cut);
        Warn(warning);
    }

    /// <summary>The same in a body that was changed: what stood in a part that is gone is gone with it.</summary>
    public ChatExtensions MovedBy(IReadOnlyList<Splice> splices)
    {
        var moved = new ChatExtensions();
        moved._warnings.AddRange(_warnings);
        foreach (var cut in _cuts.Where(cut => !splices.Any(splice => splice.Cut.Start.Value <= cut.Start.Value && cut.End.Value <= splice.Cut.End.Value)))
        {
            var growth = splices.Where(splice => splice.Cut.End.Value <= cut.Start.Value).Sum(splice => splice.Growth);
            moved._cuts.Add((cut.Start.Value + growth)..(cut.End.Value + growth));
        }

        return moved;
    }

    /// <summary>Notes what a server that speaks OpenAI's protocol makes less of, though there is nothing to cut.</summary>
    public void Warn(string warning)
    {
        if (!_warnings.Contains(warning))
        {
            _warnings.Add(warning);
        }
    }
}
