using Gateway.Api.Caching;
using Gateway.Api.Configuration;
using Gateway.Api.Flags;
using Gateway.Api.Pipeline;
using Gateway.Api.Providers;
using Gateway.Api.Providers.OpenAI;
using Gateway.Api.Requests;
using Gateway.Api.Routing;

namespace Gateway.Api.Grouping;

/// <summary>
/// Has requests for embeddings of one tenant and one priority, to one target, with the same parameters share a call where they come at the
/// same time. Where the provider rejects the call each request is sent by itself, so that one bad input is its sender's affair.
/// </summary>
internal sealed partial class EmbeddingGroups(LiveConfiguration configuration, FeatureFlags flags, GroupingMetrics metrics, TimeProvider time, ILogger<EmbeddingGroups> logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<CacheKey, Lane> _lanes = [];

    /// <summary>How many requests wait for others at present.</summary>
    public int Gathered
    {
        get
        {
            lock (_gate)
            {
                return _lanes.Values.Sum(lane => lane.Open?.Count ?? 0);
            }
        }
    }

    /// <summary>Calls the target, with others where there are some.</summary>
    public async Task<UpstreamResult> CallAsync(GatewayRequest request, Target target)
    {
        var gateway = configuration.Current;
        var options = gateway.Grouping;
        if (!options.Enabled || target.Provider is not OpenAIProvider || !EmbeddingInput.TryRead(request.Body!.Span, out var input)
            || input.Count > options.MaxInputs || input.Bytes > options.MaxInputBytes || !await flags.IsOnAsync(GatewayFlags.EmbeddingGrouping, request.Caller)
            || !TryReadKey(request, RequestPriority.Of(request, gateway), target, input, out var key))
        {
            return await target.Provider.CallAsync(request, target);
        }

        var member = new GroupMember(request, input);
        var (lane, group) = Enter(key, member, target, options);
        if (group is null)
        {
            try
            {
                return await target.Provider.CallAsync(request, target);
            }
            finally
            {
                Leave(key, lane);
            }
        }

        try
        {
            return await member.Result.WaitAsync(request.AttemptCancelled) ?? await target.Provider.CallAsync(request, target);
        }
        catch (OperationCanceledException)
        {
            group.Leave(member);
            throw;
        }
    }

    // One that is alone of its kind is sent at once; those that come meanwhile are gathered.
    private (Lane Lane, EmbeddingGroup? Group) Enter(CacheKey key, GroupMember member, Target target, GroupingOptions options)
    {
        lock (_gate)
        {
            if (!_lanes.TryGetValue(key, out var lane))
            {
                _lanes[key] = lane = new Lane { Present = 1 };
                return (lane, null);
            }

            if (lane.Open?.HasRoomFor(member.Input, options) != true)
            {
                lane.Open?.Full();
                lane.Open = new EmbeddingGroup();
                lane.Present++;
                _ = RunAsync(key, lane, lane.Open, target, options.Window);
            }

            lane.Open.Add(member);
            return (lane, lane.Open);
        }
    }

    private void Leave(CacheKey key, Lane lane)
    {
        lock (_gate)
        {
            if (--lane.Present == 0)
            {
                _lanes.Remove(key);
            }
        }
    }

    private async Task RunAsync(CacheKey key, Lane lane, EmbeddingGroup group, Target target, TimeSpan window)
    {
        await group.WaitAsync(window, time);
        lock (_gate)
        {
            lane.Open = lane.Open == group ? null : lane.Open;
        }

        var members = group.Close(out var body);
        try
        {
            if (body is null)
            {
                End(members);
            }
            else
            {
                await SendAsync(group, members, body, target);
            }
        }
        catch (Exception failure)
        {
            if (failure is not OperationCanceledException)
            {
                LogFailed(failure, target.Name, members.Count);
            }

            End(members);
        }
        finally
        {
            Leave(key, lane);
        }
    }

    private async Task SendAsync(EmbeddingGroup group, IReadOnlyList<GroupMember> members, PooledBody body, Target target)
    {
        var first = members[0].Request;
        var http = new DefaultHttpContext { User = first.Http.User, TraceIdentifier = first.Http.TraceIdentifier, RequestAborted = group.Abandoned };
        using var call = new GatewayRequest(http, first.Operation, Timeout.InfiniteTimeSpan, time) { Body = body, Route = first.Route, Target = target };
        RequestScanner.Scan(body.Span, call.Operation, out var fields);
        (call.Fields, call.AttemptCancelled) = (fields, call.Cancelled);
        metrics.Called(target, members.Count);
        using var result = await target.Provider.CallAsync(call, target);
        switch (result)
        {
            case UpstreamReply reply when GroupReply.Split(reply, members) is { } replies:
                for (var i = 0; i < members.Count; i++)
                {
                    members[i].Request.IsGrouped = i > 0;
                    members[i].End(replies[i]);
                }

                break;
            case UpstreamFailure { Kind: not (UpstreamFailureKind.Rejected or UpstreamFailureKind.ContextTooLong) } failure:
                foreach (var member in members)
                {
                    member.End(failure);
                }

                break;
            default:
                metrics.Split(target);
                LogSplit(target.Name, members.Count, (result as UpstreamFailure)?.Kind.ToString() ?? "its vectors are not one for each input");
                End(members);
                break;
        }
    }

    private static void End(IReadOnlyList<GroupMember> members)
    {
        foreach (var member in members)
        {
            member.End(null);
        }
    }

    private static bool TryReadKey(GatewayRequest request, int priority, Target target, in EmbeddingInput input, out CacheKey key)
    {
        using var text = new CanonicalText(request.Body!.Length + 256);
        text.Write(request.Caller.Tenant);
        text.Write(priority);
        text.Write(target.Name);
        text.Write((byte)(input.IsTokens ? 1 : 0));
        if (!new CanonicalBody(request.Body.Span, text, CanonicalBody.Of.Parameters).TryWrite())
        {
            key = default;
            return false;
        }

        key = CacheKey.HashOf(text);
        return true;
    }

    /// <summary>Requests of one kind.</summary>
    private sealed class Lane
    {
        /// <summary>Calls under way, and the groups that gather.</summary>
        public int Present { get; set; }

        public EmbeddingGroup? Open { get; set; }
    }

    [LoggerMessage(LogLevel.Information, "{Target}: a call for {Requests} requests together was of no use, and each is sent by itself: {Reason}")]
    private partial void LogSplit(string target, int requests, string reason);

    [LoggerMessage(LogLevel.Error, "{Target}: a call for {Requests} requests together failed, and each is sent by itself.")]
    private partial void LogFailed(Exception exception, string target, int requests);
}
