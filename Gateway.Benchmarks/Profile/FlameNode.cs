namespace Gateway.Benchmarks.Profile;

/// <summary>Samples with the same frames so far.</summary>
internal sealed class FlameNode(string name, string color)
{
    private readonly Dictionary<string, FlameNode> _children = new(StringComparer.Ordinal);

    public string Name { get; } = name;

    public string Color { get; } = color;

    public int Samples { get; private set; }

    public IEnumerable<FlameNode> Children => _children.Values.OrderByDescending(child => child.Samples);

    public void Add(IEnumerable<(string Name, string Color)> frames)
    {
        var node = this;
        node.Samples++;
        foreach (var (frame, color) in frames)
        {
            if (!node._children.TryGetValue(frame, out var child))
            {
                node._children.Add(frame, child = new FlameNode(frame, color));
            }

            node = child;
            node.Samples++;
        }
    }
}
