using System.Globalization;

namespace Gateway.Benchmarks;

/// <summary>How often, how long and how much.</summary>
internal sealed record Options(int Rounds, int Seconds, int Streams)
{
    private const int UsualStreams = 1000;

    public static Options Read(string[] args, int rounds, int seconds)
    {
        var options = new Options(rounds, seconds, UsualStreams);
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            var value = int.Parse(args[i + 1], CultureInfo.InvariantCulture);
            options = args[i] switch
            {
                "--rounds" => options with { Rounds = value },
                "--seconds" => options with { Seconds = value },
                "--streams" => options with { Streams = value },
                _ => throw new ArgumentException($"'{args[i]}' is not known; see --help."),
            };
        }

        return options;
    }
}
