using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;

namespace Gateway.Tests.Access.Jwt;

/// <summary>An issuer of tokens that publishes its keys on loopback, and that signs whatever a test wants signed.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    public const string Name = "https://issuer.test";
    public const string Audience = "gateway";

    private readonly Dictionary<string, RSA> _keys = [];
    private ScriptedUpstream _server = null!;
    private int _reads;

    private TestIssuer()
    {
    }

    public Uri JwksUrl => new(_server.Address, "jwks");

    /// <summary>What it publishes.</summary>
    public JsonObject Jwks { get; set; } = new() { ["keys"] = new JsonArray() };

    public bool IsDown { get; set; }

    /// <summary>How often its keys were read.</summary>
    public int Reads => _reads;

    public static async Task<TestIssuer> StartAsync(params string[] keyIds)
    {
        var issuer = new TestIssuer();
        issuer._server = await ScriptedUpstream.StartAsync(issuer.AnswerAsync);
        foreach (var id in keyIds)
        {
            issuer.AddKey(id);
        }

        return issuer;
    }

    /// <summary>Settings of a gateway that takes its tokens.</summary>
    public (string Key, string Value)[] Settings(params (string Key, string Value)[] more) =>
    [
        ("Gateway:Access:Jwt:Issuers:0:Issuer", Name),
        ("Gateway:Access:Jwt:Issuers:0:Audience", Audience),
        ("Gateway:Access:Jwt:Issuers:0:Algorithms:0", "RS256"),
        ("Gateway:Access:Jwt:Issuers:0:JwksUrl", JwksUrl.AbsoluteUri),
        .. more,
    ];

    public void AddKey(string id)
    {
        _keys[id] = RSA.Create(2048);
        Jwks["keys"]!.AsArray().Add(PublicKey(id));
    }

    public void RemoveKey(string id)
    {
        var keys = Jwks["keys"]!.AsArray();
        keys.Remove(keys.Single(key => (string?)key!["kid"] == id));
    }

    /// <summary>A good token, but for what <paramref name="claims"/> and <paramref name="header"/> say.</summary>
    public string Token(string keyId, Action<JsonObject>? claims = null, Action<JsonObject>? header = null)
    {
        var head = new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT", ["kid"] = keyId };
        var body = Claims();
        header?.Invoke(head);
        claims?.Invoke(body);
        return Sign(keyId, head.ToJsonString(), body.ToJsonString());
    }

    /// <summary>Signs what need not even be JSON.</summary>
    public string Sign(string keyId, string header, string claims)
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(_keys[keyId].SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    /// <summary>The public key as one would be tempted to use it as a shared one.</summary>
    public byte[] PublicKeyFile(string id) => Encoding.ASCII.GetBytes(_keys[id].ExportSubjectPublicKeyInfoPem());

    public JsonObject PublicKey(string id)
    {
        var key = _keys[id].ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "RSA", ["kid"] = id, ["use"] = "sig", ["n"] = Base64Url.EncodeToString(key.Modulus), ["e"] = Base64Url.EncodeToString(key.Exponent),
        };
    }

    public static JsonObject Claims() => new()
    {
        ["iss"] = Name, ["aud"] = Audience, ["sub"] = "ann", ["exp"] = Seconds(TimeSpan.FromHours(1)), ["tenant"] = "acme", ["tier"] = "free",
    };

    /// <summary>A time so far from now, as claims have it.</summary>
    public static long Seconds(TimeSpan fromNow) => (TimeProvider.System.GetUtcNow() + fromNow).ToUnixTimeSeconds();

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }

    private Task AnswerAsync(HttpContext http)
    {
        Interlocked.Increment(ref _reads);
        http.Response.StatusCode = IsDown ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        return http.Response.WriteAsync(Jwks.ToJsonString());
    }
}
