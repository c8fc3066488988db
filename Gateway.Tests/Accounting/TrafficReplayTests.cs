using System.Globalization;
using ServiceDefaults.Usage;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Accounting;

/// <summary>Recorded traffic through gateway and worker: the report adds up to what the upstream counted, tokens and money.</summary>
public sealed class TrafficReplayTests
{
    private const string DataVariable = "GATEWAY_TEST_DATA";
    private const int Callers = 16;
    private const int RecordedRequests = 2_000;
    private const int SampleRequests = 300;
    private const int SampleSeed = 20_261_121;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Requirement", "G4.1")]
    public Task A_sample_of_traffic_is_reported_as_its_upstream_counted_it() => ReplayAsync(Sample());

    [Fact]
    [Trait("Requirement", "G4.1")]
    public async Task Recorded_conversations_are_reported_as_their_upstream_counted_them()
    {
        var file = Path.Combine(Environment.GetEnvironmentVariable(DataVariable) ?? "", "llm-traffic", "conversation-trace.csv");
        Assert.SkipUnless(File.Exists(file), $"There is no {file}; {DataVariable} names the folder that holds it.");

        // TIMESTAMP,ContextTokens,GeneratedTokens: 2023-11-16 18:15:46.6805900,374,44
        var lines = File.ReadLines(file).Skip(1).Take(RecordedRequests);
        await ReplayAsync([.. lines.Select(line => line.Split(',')).Select(fields => new UsageTokens(Number(fields[1]), 0, 0, Number(fields[2])))]);
    }

    private static async Task ReplayAsync(List<UsageTokens> requests)
    {
        await using var system = await MeteredSystem.StartAsync(id => requests[int.Parse(id, CultureInfo.InvariantCulture)]);
        using var asker = new Asker(system.Gateway, system.Key);
        await Parallel.ForAsync(0, requests.Count, new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = Token }, async (number, cancellationToken) =>
        {
            var answer = await asker.AskAsync(number.ToString(CultureInfo.InvariantCulture), stream: number % 2 == 0, cancellationToken);
            answer.IsWhole.ShouldBeTrue(answer.Fault);
        });
        await system.DeliveredAsync(Token);

        var report = await system.ReportAsync(system.Records(), Token);

        report.ShouldBe(UsageTotal.Of(system.Upstream.Counted.Values));
        report.ShouldBe(UsageTotal.Of(requests));
    }

    // Prompts and answers as chats have them: most are short, some very long, some of the prompt known to the provider already.
    private static List<UsageTokens> Sample()
    {
        var random = new Random(SampleSeed);
        var requests = new List<UsageTokens>();
        for (var i = 0; i < SampleRequests; i++)
        {
            var prompt = (long)Math.Exp(3 + (random.NextDouble() * 6));
            var cached = random.Next(3) == 0 ? prompt / 2 : 0;
            requests.Add(new UsageTokens(prompt - cached, cached, 0, random.Next(1, 500)));
        }

        return requests;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
