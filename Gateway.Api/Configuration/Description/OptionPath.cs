namespace Gateway.Api.Configuration.Description;

/// <summary>Finds options by their keys, such as <c>Gateway:Models:phi:Targets:0:Weight</c>.</summary>
internal static class OptionPath
{
    /// <summary>Null where there is none, and where another class than the binder reads it.</summary>
    public static OptionNode? Find(string key) => Walk(key, out _);

    /// <summary>What is wrong with a key that no option has; null where one has it.</summary>
    public static string? FaultOf(string key)
    {
        Walk(key, out var fault);
        return fault;
    }

    private static OptionNode? Walk(string key, out string? fault)
    {
        var steps = key.Split(ConfigurationPath.KeyDelimiter);
        var option = OptionNode.Gateway;
        fault = null;
        for (var i = 1; i < steps.Length && option is { HasOwnReader: false, Kind: not OptionKind.Any }; i++)
        {
            if (option.Find(steps[i]) is not { } below)
            {
                var path = string.Join(ConfigurationPath.KeyDelimiter, steps[..i]);
                fault = option.Kind == OptionKind.Section ? OptionTypes.Unknown(path, steps[i], option) : $"{path} is {OptionTypes.Describe(option)}, and has no '{steps[i]}'.";
                return null;
            }

            option = below;
        }

        return option.HasOwnReader ? null : option;
    }
}
