using System.Diagnostics.CodeAnalysis;
using Gateway.Api.Pipeline;
using Gateway.Api.Streaming;

namespace Gateway.Api.Caching.Flights;

/// <summary>
/// One call of the targets and whoever waits for its answer. It goes on for as long as one of them is there. Who began it pays for it;
/// where that one leaves, one of the others does, and the last one to leave pays for what has passed.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Its token is asked for to the last, and a source without a timer holds nothing that has to be let go of.")]
internal sealed class Flight
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _abandoned = new();
    private readonly TaskCompletionSource<FlightHead> _head = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _allLeft = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<FlightSeat> _unsettled = [];
    private GatewayRequest? _call;
    private FlightSeat? _payer;
    private bool _isPaid;
    private bool _isClosed;
    private int _present;

    /// <summary>How many requests wait for it or read it.</summary>
    public int Present => Volatile.Read(ref _present);

    /// <summary>Cancelled when nobody is left.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    public Task<FlightHead> Head => _head.Task;

    /// <summary>Done when nobody reads any more.</summary>
    public Task AllLeft => _allLeft.Task;

    public FrameLog Frames { get; } = new();

    /// <summary>Null where all have left, or its answer is whole and handed on: another flight is needed.</summary>
    public FlightSeat? TryJoin()
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return null;
            }

            var seat = new FlightSeat(this);
            _unsettled.Add(seat);
            _payer ??= seat;
            _present++;
            return seat;
        }
    }

    public void Start(GatewayRequest call) => _call = call;

    public void Begin(FlightHead head) => _head.TrySetResult(head);

    /// <summary>Nobody joins any more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }
    }

    public void Fail(Exception exception)
    {
        _head.TrySetException(exception);
        Frames.End(exception);
    }

    /// <summary>Notes what has passed of the answer.</summary>
    public void Add(in AnswerFacts facts)
    {
        lock (_gate)
        {
            _call!.Progress.Add(facts);
        }
    }

    public bool IsPayer(FlightSeat seat)
    {
        lock (_gate)
        {
            return _payer == seat;
        }
    }

    /// <summary>Says whether this one pays, and if so for what.</summary>
    public bool Settle(FlightSeat seat, GatewayRequest request, bool isComplete)
    {
        lock (_gate)
        {
            _unsettled.Remove(seat);
            if (_isPaid || _payer != seat)
            {
                return false;
            }

            if (!isComplete && _unsettled.Count > 0)
            {
                _payer = _unsettled[0];
                return false;
            }

            _isPaid = true;
            if (_call is { } call)
            {
                request.Target ??= call.Target;
                request.Attempts = call.Attempts;
                request.IsGrouped = call.IsGrouped;
                request.FirstByte ??= call.FirstByte;
                request.Progress = call.Progress;
            }

            return true;
        }
    }

    public void Leave()
    {
        lock (_gate)
        {
            if (--_present > 0)
            {
                return;
            }

            _isClosed = true;
            _allLeft.TrySetResult();
        }

        _abandoned.Cancel();
    }
}
