using Gateway.Api.Pipeline;
using Gateway.Api.Providers;

namespace Gateway.Api.Grouping;

/// <summary>One request of a group.</summary>
internal sealed class GroupMember(GatewayRequest request, EmbeddingInput input)
{
    private readonly TaskCompletionSource<UpstreamResult?> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GatewayRequest Request => request;

    public EmbeddingInput Input => input;

    /// <summary>Null where it is to call the target by itself.</summary>
    public Task<UpstreamResult?> Result => _result.Task;

    public void End(UpstreamResult? result) => _result.TrySetResult(result);
}
