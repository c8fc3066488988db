using System.Globalization;

namespace Gateway.Benchmarks;

/// <summary>How often, how long and how much.</summary>
internal sealed record Options(int Rounds, int Seconds, int Streams, int WarmUp)
{
    private const int UsualStreams = 1000;

    // Code is compiled in it, and compiled better once it has run for a while.
    private const int UsualWarmUp = 20;

    public static Options Read(string[] args, int rounds, int seconds, int streams = UsualStreams)
    {
        var options = new Options(rounds, seconds, streams, UsualWarmUp);
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            var value = int.Parse(args[i + 1], CultureInfo.InvariantCulture);
            options = args[i] switch
            {
                "--rounds" => options with { Rounds = value },
                "--seconds" => options with { Seconds = value },
                "--warm-up" => options with { WarmUp = value },
                "--streams" => options with { Streams = value },
                _ => throw new ArgumentException($"'{args[i]}' is not known; see --help."),
            };
        }

        return options;
    }
}
