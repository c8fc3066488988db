using System.Globalization;
using System.Security.Authentication;
using System.Text;

namespace StackExchange.Redis;

public sealed partial class ConfigurationOptions
{
    /// <summary>Reads <c>host:port,password=…,ssl=true,…</c>.</summary>
    /// <exception cref="ArgumentException">A part is not known or its value is not of its kind. The message names the part, never its value.</exception>
    public static ConfigurationOptions Parse(string configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var options = new ConfigurationOptions();
        foreach (var part in configuration.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=');
            if (equals < 0)
            {
                options.EndPoints.Add(part);
            }
            else
            {
                options.Set(part[..equals].TrimEnd(), part[(equals + 1)..].TrimStart());
            }
        }

        return options;
    }

    /// <summary>The same as text, password included.</summary>
    public override string ToString() => ToString(includePassword: true);

    /// <summary>The same as text, with or without what is secret.</summary>
    public string ToString(bool includePassword)
    {
        var text = new StringBuilder();
        foreach (var endPoint in EndPoints)
        {
            Append(null, EndPointCollection.Describe(endPoint));
        }

        Append("user", User);
        Append("password", includePassword || Password is null ? Password : "*****");
        Append("ssl", Ssl ? "True" : null);
        Append("sslHost", SslHost);
        Append("sslProtocols", SslProtocols?.ToString().Replace(", ", "|", StringComparison.Ordinal));
        Append("defaultDatabase", DefaultDatabase);
        Append("connectTimeout", ConnectTimeout == 5000 ? null : ConnectTimeout);
        Append("connectRetry", ConnectRetry == 3 ? null : ConnectRetry);
        Append("syncTimeout", SyncTimeout == 5000 ? null : SyncTimeout);
        Append("asyncTimeout", _asyncTimeout);
        Append("keepAlive", KeepAlive == 60 ? null : KeepAlive);
        Append("abortConnect", AbortOnConnectFail ? null : "False");
        Append("name", ClientName);
        Append("protocol", Protocol switch { null => null, RedisProtocol.Resp3 => "resp3", _ => "resp2" });
        return text.ToString();

        void Append(string? name, object? value)
        {
            if (value is not null)
            {
                text.Append(text.Length == 0 ? "" : ",").Append(name).Append(name is null ? "" : "=").Append(CultureInfo.InvariantCulture, $"{value}");
            }
        }
    }

    private void Set(string name, string value)
    {
        switch (name.ToUpperInvariant())
        {
            case "USER": User = value; break;
            case "PASSWORD": Password = value; break;
            case "SSL": Ssl = Flag(); break;
            case "SSLHOST": SslHost = value; break;
            case "SSLPROTOCOLS": SslProtocols = Enum.TryParse<SslProtocols>(value.Replace('|', ','), true, out var versions) ? versions : throw Wrong("TLS versions"); break;
            case "DEFAULTDATABASE": DefaultDatabase = Number(0); break;
            case "CONNECTTIMEOUT": ConnectTimeout = Number(1); break;
            case "CONNECTRETRY": ConnectRetry = Number(0); break;
            case "SYNCTIMEOUT": SyncTimeout = Number(1); break;
            case "ASYNCTIMEOUT": AsyncTimeout = Number(1); break;
            case "KEEPALIVE": KeepAlive = Number(1); break;
            case "ABORTCONNECT": AbortOnConnectFail = Flag(); break;
            case "NAME": ClientName = value; break;
            case "PROTOCOL": Protocol = Version(); break;
            default: throw new ArgumentException($"Redis's configuration has a part '{name}' that is not known.", name);
        }

        bool Flag() => value.ToUpperInvariant() switch
        {
            "TRUE" or "YES" or "ON" => true,
            "FALSE" or "NO" or "OFF" => false,
            _ => throw Wrong("true or false"),
        };

        int Number(int least)
            => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least ? number : throw Wrong($"a number from {least} on");

        RedisProtocol Version() => value.ToUpperInvariant() switch
        {
            "RESP2" or "2" => RedisProtocol.Resp2,
            "RESP3" or "3" => RedisProtocol.Resp3,
            _ => throw Wrong("resp2 or resp3"),
        };

        ArgumentException Wrong(string wanted) => new($"Redis's configuration has a part '{name}' that must be {wanted}.", name);
    }
}
