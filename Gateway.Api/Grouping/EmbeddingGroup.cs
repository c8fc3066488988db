using System.Buffers;
using Gateway.Api.Configuration;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Grouping;

/// <summary>Requests that become one call. Whoever leaves before it is sent is not in it; where all leave afterwards it is cancelled.</summary>
internal sealed class EmbeddingGroup
{
    private readonly Lock _gate = new();
    private readonly List<GroupMember> _members = [];
    private readonly CancellationTokenSource _abandoned = new();
    private readonly TaskCompletionSource _isFull = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isClosed;
    private int _inputs;
    private int _bytes;
    private int _left;

    /// <summary>How many are in it.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _members.Count;
            }
        }
    }

    /// <summary>Cancelled when nobody waits for it any more.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    public bool HasRoomFor(in EmbeddingInput input, GroupingOptions options)
    {
        lock (_gate)
        {
            return _inputs + input.Count <= options.MaxInputs && _bytes + input.Bytes <= options.MaxInputBytes;
        }
    }

    public void Add(GroupMember member)
    {
        lock (_gate)
        {
            _members.Add(member);
            _inputs += member.Input.Count;
            _bytes += member.Input.Bytes;
        }
    }

    public void Leave(GroupMember member)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _members.Remove(member);
                _inputs -= member.Input.Count;
                _bytes -= member.Input.Bytes;
                return;
            }

            if (++_left < _members.Count)
            {
                return;
            }
        }

        _abandoned.Cancel();
    }

    /// <summary>It is to be sent without further ado.</summary>
    public void Full() => _isFull.TrySetResult();

    /// <summary>Ends when it is to be sent.</summary>
    public async Task WaitAsync(TimeSpan window, TimeProvider time) => await Task.WhenAny(_isFull.Task, Task.Delay(window, time));

    /// <summary>Ends the gathering. Returns who is in it, and a body with the inputs of all, the first one's but for them; null where they are fewer than two.</summary>
    public IReadOnlyList<GroupMember> Close(out PooledBody? body)
    {
        lock (_gate)
        {
            _isClosed = true;
            body = null;
            if (_members.Count > 1)
            {
                using var output = new PooledBodyWriter(_members[0].Request.Body!.Length + _bytes + _members.Count);
                var first = _members[0];
                output.Write(first.Request.Body!.Span[..first.Input.Value.Start]);
                for (var i = 0; i < _members.Count; i++)
                {
                    output.Write(i == 0 ? "["u8 : ","u8);
                    output.Write(_members[i].Request.Body!.Span[_members[i].Input.Items]);
                }

                output.Write("]"u8);
                output.Write(first.Request.Body.Span[first.Input.Value.End..]);
                body = output.ToBody();
            }

            return [.. _members];
        }
    }
}
