namespace Gateway.Benchmarks.Profile;

/// <param name="Name"><c>Namespace.Type::Method</c> of managed code, the symbol of what is not, or the module in brackets where it has no symbols.</param>
/// <param name="Module">The file that it is in.</param>
internal readonly record struct Frame(string Name, string Module)
{
    public bool IsManaged => Name.Contains("::", StringComparison.Ordinal);

    public bool IsKernel => Module == PerfScript.Kernel;
}
