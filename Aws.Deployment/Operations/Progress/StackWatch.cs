using Aws.Deployment.Operations.Aws;

namespace Aws.Deployment.Operations.Progress;

/// <summary>Tells what is new of a stack since somebody last asked.</summary>
internal sealed class StackWatch(CloudFormation cloudFormation, string stack)
{
    private readonly HashSet<string> _seen = [];

    public string Stack => stack;

    /// <summary>The oldest first; nothing while there is no such stack.</summary>
    public async Task<IReadOnlyList<StackEvent>> NewAsync(CancellationToken cancellationToken)
    {
        var news = new List<StackEvent>();
        try
        {
            await foreach (var told in cloudFormation.EventsAsync(stack, cancellationToken))
            {
                if (!_seen.Add(told.Id))
                {
                    break;
                }

                news.Add(told);
            }
        }
        catch (AwsFault missing) when (missing.Code == "ValidationError")
        {
            // Not yet, or not any more.
        }

        news.Reverse();
        return news;
    }
}
