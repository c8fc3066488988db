namespace Gateway.Api.Configuration.Description;

/// <summary>What stands under a key.</summary>
internal enum OptionKind
{
    /// <summary>One value.</summary>
    Value,

    /// <summary>Options with names of their own.</summary>
    Section,

    /// <summary>Entries under names of the operator's choice.</summary>
    Map,

    /// <summary>Entries in an order.</summary>
    List,

    /// <summary>Whatever JSON holds.</summary>
    Any,
}
