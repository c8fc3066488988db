namespace Gateway.Api.Access;

/// <summary>What a route takes: metadata of its endpoint.</summary>
internal enum AccessRule
{
    /// <summary>An API key: calling models.</summary>
    ApiKey,

    /// <summary>The admin key: administration, and nothing else.</summary>
    AdminKey,
}
