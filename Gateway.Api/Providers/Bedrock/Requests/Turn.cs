namespace Gateway.Api.Providers.Bedrock.Requests;

/// <summary>
/// One message to be. Converse wants a user's tool results before all else, and an assistant's reasoning first and its calls last,
/// in whatever order and in however many messages they came.
/// </summary>
internal sealed class Turn(bool isUser)
{
    private readonly List<Block> _first = [];
    private readonly List<Block> _middle = [];
    private readonly List<Block> _last = [];

    public bool IsUser { get; } = isUser;

    public IEnumerable<Block> Blocks => _first.Concat(_middle).Concat(_last);

    public bool HasReasoning => _first.Any(block => block.Kind == BlockKind.Reasoning);

    public bool HasToolUse => _last.Count > 0;

    public bool HasToolResult => IsUser && _first.Count > 0;

    public void Add(Block block, BlockKind? place = null) => ListOf(place ?? block.Kind).Add(block);

    private List<Block> ListOf(BlockKind kind) => kind switch
    {
        BlockKind.ToolResult or BlockKind.Reasoning => _first,
        BlockKind.ToolUse => _last,
        _ => _middle,
    };
}
