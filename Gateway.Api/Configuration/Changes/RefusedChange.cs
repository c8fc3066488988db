namespace Gateway.Api.Configuration.Changes;

/// <summary>A change that was refused, with everything that is wrong with it.</summary>
/// <param name="Source">Who made it: one of this class.</param>
internal sealed record RefusedChange(string Source, DateTimeOffset At, IReadOnlyList<string> Faults)
{
    public const string File = "gateway.json";
    public const string ParameterStore = "Parameter Store";
    public const string AdminApi = "/admin/config";
}
