using System.Text;
using Gateway.Tests.Fuzz.Generation;
using Xunit;

namespace Gateway.Tests.Fuzz;

/// <summary>
/// Gives one parser inputs that nobody would send but by accident or on purpose. It holds where the parser throws only what it declares, ends,
/// takes memory in proportion to the input, and says what <see cref="Check"/> expects of it.
/// </summary>
public abstract class ParserFuzz
{
    private const int StackBytes = 1 << 20;

    // Long enough for a machine that is busy with something else.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private Mutator? _mutator;
    private byte[] _input = [];
    private ulong _seed;
    private int _done;

    /// <summary>What inputs are made of, and are tried as they are: one or several of each form that there is, and what once broke the parser.</summary>
    protected abstract IReadOnlyList<string> Examples { get; }

    /// <summary>What means something to the parser.</summary>
    protected virtual IReadOnlyList<string> Words => [];

    /// <summary>The memory that one input may take: so much, and so much for each of its bytes.</summary>
    protected virtual (long Fixed, long PerByte) Memory => (2 << 20, 4_000);

    /// <summary>How many times as long as others an input takes; the quick run has so many fewer of them.</summary>
    protected virtual int Slowness => 1;

    protected virtual int LongInputs => FuzzPlan.Long;

    protected Mutator Mutations => _mutator ??= new Mutator([.. ExampleBytes], Words);

    protected virtual IEnumerable<byte[]> ExampleBytes => Examples.Select(Encoding.UTF8.GetBytes);

    [Fact]
    public void A_few_thousand_inputs() => Run(Math.Max(1, FuzzPlan.Quick / Slowness));

    [Fact]
    [Trait("Suite", "fuzz")]
    public void A_million_inputs() => Run(LongInputs);

    /// <summary>Parses the input and throws where something is wrong with that.</summary>
    /// <param name="input">The bytes.</param>
    /// <param name="random">For what else is to be chosen.</param>
    protected abstract void Check(byte[] input, FuzzRandom random);

    protected virtual byte[] Make(FuzzRandom random) => Mutations.Next(random);

    protected static string Utf8(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    // On a thread of its own: one that hangs is left behind and told of, and a stack as small as a server's finds recursion without a bound.
    private void Run(int count)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(() => CheckAll(count, cancellationToken)), StackBytes) { IsBackground = true, Name = GetType().Name };
        thread.Start();
        for (var before = -1; !thread.Join(Patience); before = _done)
        {
            if (before == _done)
            {
                throw new FuzzException(GetType(), _seed, _input, $"no end after {Patience.TotalSeconds} s");
            }
        }

        if (failure is not null)
        {
            throw failure;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{_done} inputs");
    }

    private void CheckAll(int count, CancellationToken cancellationToken)
    {
        foreach (var example in ExampleBytes)
        {
            CheckOne(example, new FuzzRandom(0));
        }

        for (var i = 0; i < count && !cancellationToken.IsCancellationRequested; i++)
        {
            _seed = FuzzPlan.FirstSeed + (ulong)i;
            var random = new FuzzRandom(_seed);
            CheckOne(Make(random), random);
            _done++;
        }
    }

    private void CheckOne(byte[] input, FuzzRandom random)
    {
        _input = input;
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Check(input, random);
        }
        catch (Exception wrong)
        {
            throw new FuzzException(GetType(), _seed, input, $"{wrong.GetType().Name}: {wrong.Message}", wrong);
        }

        var taken = GC.GetAllocatedBytesForCurrentThread() - before;
        var (some, perByte) = Memory;
        if (taken > some + (perByte * input.Length))
        {
            throw new FuzzException(GetType(), _seed, input, $"took {taken} bytes for {input.Length}");
        }
    }
}
