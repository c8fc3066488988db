namespace Gateway.Api.Flags;

/// <summary>Who says how a flag stands.</summary>
internal enum FlagSource
{
    /// <summary>Nobody: it stands as it was built.</summary>
    Default,

    /// <summary>Section <c>Gateway:Flags</c>.</summary>
    Configuration,

    /// <summary>An administrator, through <c>PUT /admin/flags/{name}</c>.</summary>
    Admin,
}
