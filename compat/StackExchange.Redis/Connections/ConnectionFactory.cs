using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using StackExchange.Redis.Wire;

namespace StackExchange.Redis.Connections;

/// <summary>Opens connections that are ready for commands.</summary>
internal sealed class ConnectionFactory
{
    private const int DefaultPort = 6379;
    private const int DefaultTlsPort = 6380;

    private readonly ConfigurationOptions _options;

    public ConnectionFactory(ConfigurationOptions options, TimeProvider clock)
    {
        _options = options;
        Clock = clock;
        EndPoints = [.. options.EndPoints.Select(endPoint => EndPointCollection.WithDefaultPort(endPoint, options.Ssl ? DefaultTlsPort : DefaultPort))];
        Name = string.Join(", ", EndPoints.Select(EndPointCollection.Describe));
        Patience = Ticks(TimeSpan.FromMilliseconds(options.AsyncTimeout));
    }

    public TimeProvider Clock { get; }

    public ConfigurationOptions Options => _options;

    public IReadOnlyList<EndPoint> EndPoints { get; }

    public string Name { get; }

    /// <summary>How long a command may take, in ticks of the clock.</summary>
    public long Patience { get; }

    public long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Clock.TimestampFrequency);

    /// <exception cref="RedisConnectionException">None of the addresses answered as it should.</exception>
    public async Task<RedisConnection> OpenAsync(int database, Func<Reply, bool> isMessage, CancellationToken cancellationToken)
    {
        RedisConnectionException? failure = null;
        foreach (var endPoint in EndPoints)
        {
            try
            {
                return await OpenAsync(endPoint, database, isMessage, cancellationToken);
            }
            catch (RedisConnectionException exception)
            {
                failure = exception;
            }
        }

        throw failure!;
    }

    private async Task<RedisConnection> OpenAsync(EndPoint endPoint, int database, Func<Reply, bool> isMessage, CancellationToken cancellationToken)
    {
        var name = EndPointCollection.Describe(endPoint);
        using var timeout = new CancellationTokenSource(TimeSpan.FromMilliseconds(_options.ConnectTimeout), Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        RedisConnection? connection = null;
        try
        {
            connection = new RedisConnection(await Transport.ConnectAsync(endPoint, _options, either.Token), name, Clock, isMessage);
            await Handshake.RunAsync(connection, name, _options, database).WaitAsync(either.Token);
            return connection;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            var failure = FailureOf(exception, name);
            connection?.Break(failure.FailureType, "it could not be set up");
            throw failure;
        }
    }

    private RedisConnectionException FailureOf(Exception exception, string name) => exception switch
    {
        RedisConnectionException failure => failure,
        OperationCanceledException => new(
            ConnectionFailureType.UnableToConnect, $"Redis at {name} did not answer within {_options.ConnectTimeout} ms.", exception),
        SocketException => new(ConnectionFailureType.UnableToConnect, $"Redis at {name} cannot be reached: {exception.Message}", exception),
        AuthenticationException => new(ConnectionFailureType.AuthenticationFailure, $"TLS with Redis at {name} failed: {exception.Message}", exception),
        IOException => new(ConnectionFailureType.SocketFailure, $"Redis at {name} broke off while connecting: {exception.Message}", exception),
        _ => new(ConnectionFailureType.InternalFailure, $"Connecting to Redis at {name} failed: {exception.Message}", exception),
    };
}
