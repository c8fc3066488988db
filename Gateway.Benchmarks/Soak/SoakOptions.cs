using System.Globalization;

namespace Gateway.Benchmarks.Soak;

/// <param name="Minutes">How long there is load, pauses not counted.</param>
/// <param name="Trace">A file of arrivals to replay; a day is made up where there is none.</param>
internal sealed record SoakOptions(double Minutes, string? Trace)
{
    private const double UsualMinutes = 60;

    // Of the load; code is compiled and compiled again in it, pools fill, and nothing breaks yet.
    private const double WarmUpShare = 0.2;

    public TimeSpan WarmUp => TimeSpan.FromMinutes(Math.Min(Minutes * WarmUpShare, 5));

    public TimeSpan Load => TimeSpan.FromMinutes(Minutes) - WarmUp;

    public static SoakOptions Read(string[] args)
    {
        var options = new SoakOptions(UsualMinutes, null);
        for (var i = 0; i < args.Length; i += 2)
        {
            options = (args[i], args.ElementAtOrDefault(i + 1)) switch
            {
                ("--minutes", { } minutes) => options with { Minutes = double.Parse(minutes, CultureInfo.InvariantCulture) },
                ("--trace", { } file) => options with { Trace = file },
                _ => throw new ArgumentException($"'{args[i]}' is not known or lacks its value; see --help."),
            };
        }

        return options;
    }
}
