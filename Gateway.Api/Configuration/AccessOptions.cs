namespace Gateway.Api.Configuration;

/// <summary>Who may administer the gateway.</summary>
public sealed record AccessOptions
{
    /// <summary>A reference to the admin key, <c>env:NAME</c>. Where it leads to nothing, <c>/admin</c> is closed.</summary>
    public string? AdminKey { get; init; }
}
