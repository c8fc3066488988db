namespace Gateway.Api.Pipeline;

/// <summary>
/// The time that one attempt has while another target is left; cancelled as well when the whole request is. Where no other target is
/// left the attempt has what the request has, and this is nothing.
/// </summary>
internal readonly struct AttemptLimit : IDisposable
{
    private readonly CancellationTokenSource? _limit;
    private readonly CancellationTokenRegistration _request;

    private AttemptLimit(CancellationTokenSource limit, CancellationToken request)
    {
        _limit = limit;
        _request = request.UnsafeRegister(static limit => ((CancellationTokenSource)limit!).Cancel(), limit);
    }

    public static AttemptLimit None => default;

    public static AttemptLimit Of(TimeSpan time, TimeProvider clock, CancellationToken request) => new(new CancellationTokenSource(time, clock), request);

    public CancellationToken TokenOr(CancellationToken request) => _limit?.Token ?? request;

    public void Dispose()
    {
        _request.Dispose();
        _limit?.Dispose();
    }
}
