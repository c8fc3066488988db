namespace Gateway.Benchmarks.Soak;

/// <summary>Traffic as it comes, and faults in it, for an hour; then whether anything grew, leaked, was lost, doubled or failed.</summary>
internal static class SoakMeasurement
{
    // Longer than a pool keeps a connection that nobody uses, which is a minute.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(80);
    private static readonly TimeSpan FurtherRest = TimeSpan.FromSeconds(70);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(3);

    // 1. The warm-up: load without faults, then a rest, and what each process is like then, its garbage collected.
    // 2. The load, with faults in it.
    // 3. All is delivered; a rest until descriptors, connections and threads are back, or for as long as that may take.
    // 4. The verdict.
    public static async Task<int> RunAsync(SoakOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("soak-");
        try
        {
            using var system = await SoakSystem.StartAsync(folder);
            var addresses = system.Gateways.Select(gateway => gateway.Address).ToList();
            var (book, keys) = (new CallBook(), new KeyFault(addresses));
            var (load, faults) = (new SoakLoad(addresses, system.Key, book), new SoakFaults(system, book, keys));
            using var sampler = new Sampler(system, book);
            using var end = new CancellationTokenSource();
            var sampling = sampler.RunAsync(new SoakProgress(book, faults, sampler).Tell, end.Token);

            await load.RunAsync(DayShape.Of(options.WarmUp));
            await RestAsync(system);
            var before = await CollectedAsync(system, sampler);

            var begun = book.Now;
            await Task.WhenAll(
                load.RunAsync(options.Trace is { } trace ? ArrivalTrace.Read(trace, options.Load) : DayShape.Of(options.Load)),
                faults.RunAsync(options.Load));
            var ended = book.Now;

            var delivered = await Delivery.WaitAsync(system, sampler);
            await RestAsync(system);
            await UntilBackAsync(sampler, before);
            var after = await CollectedAsync(system, sampler);
            await end.CancelAsync();
            await sampling;

            var judge = new SoakJudge([.. sampler.Samples.Where(sample => sample.At >= begun && sample.At <= ended)], before, after);
            Finding[] findings =
            [
                .. system.Gateways.SelectMany(gateway => judge.Memory(gateway.Name).Append(judge.Queues(gateway.Name))), .. judge.Rest(), delivered,
                .. SoakJudge.Calls(book, keys), SoakJudge.Ledger(book, LedgerCount.Of(system.LedgerFolder)),
            ];
            Console.WriteLine($"\n{options.Minutes} minutes of load, {faults.Count} faults\n\n| | measured (allowed) | holds |\n|---|---|---|");
            foreach (var finding in findings)
            {
                Console.WriteLine($"| {finding.What} | {finding.Measured} | {(finding.Holds ? "yes" : "**no**")} |");
            }

            return findings.All(finding => finding.Holds) ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Pools of arrays give back at a collection what lay idle since one half a minute before.
    private static async Task RestAsync(SoakSystem system)
    {
        await CollectAsync(system);
        await Task.Delay(Rest, TimeProvider.System);
    }

    private static async Task UntilBackAsync(Sampler sampler, IReadOnlyList<Sample> before)
    {
        var begun = TimeProvider.System.GetTimestamp();
        using var tick = new PeriodicTimer(Look);
        while (!SoakJudge.IsBack(before, await sampler.LookAsync()) && TimeProvider.System.GetElapsedTime(begun) < FurtherRest)
        {
            await tick.WaitForNextTickAsync();
        }
    }

    private static async Task<IReadOnlyList<Sample>> CollectedAsync(SoakSystem system, Sampler sampler)
    {
        await CollectAsync(system);
        return await sampler.LookAsync();
    }

    private static async Task CollectAsync(SoakSystem system)
    {
        foreach (var gateway in system.Gateways)
        {
            await FullCollection.OfAsync(gateway.Current!);
        }
    }
}
