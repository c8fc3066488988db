namespace Aspire.Hosting.ApplicationModel;

/// <summary>The image that a container runs.</summary>
public sealed class ContainerImageAnnotation : IResourceAnnotation
{
    public string? Registry { get; set; }

    public required string Image { get; set; }

    public string? Tag { get; set; }
}

/// <summary>A volume (anonymous where the source is null) or a directory of this machine inside a container.</summary>
public sealed class ContainerMountAnnotation(string? source, string target, ContainerMountType type, bool isReadOnly) : IResourceAnnotation
{
    public string? Source { get; } = source;

    public string Target { get; } = target;

    public ContainerMountType Type { get; } = type;

    public bool IsReadOnly { get; } = isReadOnly;
}

/// <summary>What is mounted.</summary>
public enum ContainerMountType
{
    BindMount = 0,
    Volume = 1,
}

/// <summary>Adds arguments to the engine's own command line, before the image.</summary>
public sealed class ContainerRuntimeArgsCallbackAnnotation(Action<IList<object>> callback) : IResourceAnnotation
{
    public Func<ContainerRuntimeArgsCallbackContext, Task> Callback { get; } = context =>
    {
        callback(context.Args);
        return Task.CompletedTask;
    };
}

/// <summary>The arguments of the engine's command line.</summary>
public sealed class ContainerRuntimeArgsCallbackContext(IList<object> args, CancellationToken cancellationToken = default)
{
    public IList<object> Args { get; } = args;

    public CancellationToken CancellationToken { get; } = cancellationToken;
}
