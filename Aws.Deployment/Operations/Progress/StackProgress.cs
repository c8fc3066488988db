using System.Globalization;
using Aws.Deployment.Operations.Aws;

namespace Aws.Deployment.Operations.Progress;

/// <summary>Tells, resource by resource, what happens to stacks while something is under way.</summary>
/// <param name="interval">How often CloudFormation is asked.</param>
internal sealed class StackProgress(IReadOnlyList<StackWatch> watches, TextWriter output, TimeSpan interval, TimeProvider time)
{
    private readonly List<StackEvent> _causes = [];
    private readonly HashSet<string> _touched = [];
    private readonly HashSet<string> _skipped = [];

    /// <summary>What failed by itself, the first one first.</summary>
    public IReadOnlyList<StackEvent> Causes => _causes;

    /// <summary>The logical ids of what was left where it is when its stack was deleted.</summary>
    public IReadOnlyCollection<string> Skipped => _skipped;

    /// <summary>The stacks that something happened to.</summary>
    public IReadOnlyCollection<string> Touched => _touched;

    /// <summary>What happened before is not news.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        foreach (var watch in watches)
        {
            await watch.NewAsync(cancellationToken);
        }
    }

    /// <summary>Tells until <paramref name="work"/> is done, and what came with its end.</summary>
    public async Task FollowAsync(Task work, CancellationToken cancellationToken)
    {
        while (!work.IsCompleted)
        {
            await TellAsync(cancellationToken);
            await Task.WhenAny(work, Task.Delay(interval, time, cancellationToken));
        }

        await TellAsync(cancellationToken);
    }

    /// <summary>Tells what is new.</summary>
    public async Task TellAsync(CancellationToken cancellationToken)
    {
        foreach (var watch in watches)
        {
            foreach (var told in await watch.NewAsync(cancellationToken))
            {
                _touched.Add(watch.Stack);
                if (told.IsCause)
                {
                    _causes.Add(told);
                }

                if (told.Status == StackStatus.DeleteSkipped)
                {
                    _skipped.Add(told.LogicalId);
                }

                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {told.At:HH:mm:ss}  {told.StackName,-26} {told.Status,-27} {told.Type} {told.LogicalId}{(told.Reason is { } reason && told.IsCause ? $": {reason}" : "")}"));
            }
        }
    }
}
