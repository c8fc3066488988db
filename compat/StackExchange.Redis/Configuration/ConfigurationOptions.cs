using System.Net.Security;
using System.Security.Authentication;

namespace StackExchange.Redis;

/// <summary>Where Redis is, and how it is talked to. Times are in milliseconds.</summary>
public sealed partial class ConfigurationOptions
{
    private int? _asyncTimeout;
    private IReconnectRetryPolicy? _reconnectRetryPolicy;

    /// <summary>Asked about the server's certificate; without a handler the system's trusted roots decide.</summary>
    public event RemoteCertificateValidationCallback? CertificateValidation;

    /// <summary>Tried in order until one answers.</summary>
    public EndPointCollection EndPoints { get; init; } = [];

    public string? User { get; set; }

    public string? Password { get; set; }

    public bool Ssl { get; set; }

    /// <summary>The name that the server's certificate must carry; the host's own by default.</summary>
    public string? SslHost { get; set; }

    /// <summary>The versions of TLS that may be used; null, the default, is 1.3 where the server can and 1.2 where not.</summary>
    public SslProtocols? SslProtocols { get; set; }

    /// <summary>The database of <see cref="ConnectionMultiplexer.GetDatabase"/>; 0 by default.</summary>
    public int? DefaultDatabase { get; set; }

    /// <summary>How long one attempt to connect may take, TLS and AUTH included; 5,000 by default.</summary>
    public int ConnectTimeout { get; set; } = 5000;

    /// <summary>How many attempts are made before the first connection counts as failed; 3 by default.</summary>
    public int ConnectRetry { get; set; } = 3;

    /// <summary>How long a synchronous call may take; 5,000 by default.</summary>
    public int SyncTimeout { get; set; } = 5000;

    /// <summary>How long a command may take; <see cref="SyncTimeout"/> by default. It is looked at every tenth of it.</summary>
    public int AsyncTimeout
    {
        get => _asyncTimeout ?? SyncTimeout;
        set => _asyncTimeout = value;
    }

    /// <summary>Seconds of silence after which the server is asked whether it is still there; 60 by default.</summary>
    public int KeepAlive { get; set; } = 60;

    /// <summary>Whether connecting fails where Redis cannot be reached (the default), or goes on trying in the background.</summary>
    public bool AbortOnConnectFail { get; set; } = true;

    /// <summary>The name that this client shows in <c>CLIENT LIST</c>; this machine's by default.</summary>
    public string? ClientName { get; set; }

    public BacklogPolicy BacklogPolicy { get; set; } = BacklogPolicy.Default;

    public IReconnectRetryPolicy ReconnectRetryPolicy
    {
        get => _reconnectRetryPolicy ??= new ExponentialRetry(Math.Max(1, ConnectTimeout / 2));
        set => _reconnectRetryPolicy = value;
    }

    /// <summary>The version of the protocol; RESP2 by default. A server that does not know RESP3 is talked to in RESP2.</summary>
    public RedisProtocol? Protocol { get; set; }

    internal RemoteCertificateValidationCallback? Certificates => CertificateValidation;

    public ConfigurationOptions Clone() => (ConfigurationOptions)MemberwiseClone();
}
