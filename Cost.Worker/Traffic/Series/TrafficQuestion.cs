using Cost.Worker.Access;

namespace Cost.Worker.Traffic.Series;

/// <summary>Which steps are asked for, and split by what.</summary>
/// <param name="First">The number of the first step.</param>
/// <param name="By">Null for all together.</param>
internal sealed record TrafficQuestion(TrafficStep Step, long First, int Count, TrafficDimension? By)
{
    public DateTimeOffset From => Step.BeginOf(First);

    public DateTimeOffset To => Step.BeginOf(First + Count);

    /// <summary>Reads <c>step</c>, <c>by</c>, <c>from</c> and <c>to</c>; what is no longer held, and what is yet to come, is left out.</summary>
    public static TrafficQuestion? TryRead(IQueryCollection query, DateTimeOffset now, out string param, out string fault)
    {
        var name = query["step"].FirstOrDefault() ?? TrafficStep.Minute.Name;
        (param, fault) = ("step", $"'{name}' is no step; allowed: {TrafficStep.Minute.Name}, {TrafficStep.Hour.Name}.");
        if (TrafficStep.Find(name) is not { } step)
        {
            return null;
        }

        TrafficDimension? by = null;
        if (query["by"].FirstOrDefault() is { Length: > 0 } wanted)
        {
            by = TrafficDimension.All.FirstOrDefault(dimension => dimension.Name == wanted);
            (param, fault) = ("by", $"'{wanted}' is nothing to split by; allowed: {TrafficDimension.Allowed}.");
            if (by is null)
            {
                return null;
            }
        }

        if (!QueryMoment.TryRead(query, param = "to", out var to, out fault) || !QueryMoment.TryRead(query, param = "from", out var from, out fault))
        {
            return null;
        }

        var end = step.NumberOf((to ?? now).AddTicks(step.Length.Ticks - 1));
        var first = from is { } begin ? step.NumberOf(begin) : end - step.Usual;
        fault = first < end ? "" : "The period ends before it begins.";
        return first < end ? Of(step, by, first, end, step.NumberOf(now)) : null;
    }

    private static TrafficQuestion Of(TrafficStep step, TrafficDimension? by, long first, long end, long running)
    {
        var begin = Math.Clamp(first, running - step.Kept + 1, running + 1);
        return new TrafficQuestion(step, begin, (int)Math.Max(0, Math.Min(end, running + 1) - begin), by);
    }
}
