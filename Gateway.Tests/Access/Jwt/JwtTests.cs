using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Tests.Hosts;
using Shouldly;
using Xunit;

namespace Gateway.Tests.Access.Jwt;

public sealed class JwtTests(JwtGateway system) : IClassFixture<JwtGateway>
{
    private const string NotAccepted =
        """{"error":{"message":"The token was not accepted. Get a new one from its issuer, or ask the gateway's operator, whose log says why.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}""";

    private readonly TestIssuer _issuer = system.Issuer;
    private readonly GatewayHost _gateway = system.Gateway;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Bad => new()
    {
        { "alg none", "AlgorithmNotAllowed" },
        { "alg None", "AlgorithmNotAllowed" },
        { "alg swapped", "AlgorithmNotAllowed" },
        { "alg not allowed", "AlgorithmNotAllowed" },
        { "no alg", "Malformed" },
        { "expired", "Expired" },
        { "expiry missing", "NoExpiry" },
        { "expiry text", "NoExpiry" },
        { "expiry negative", "NoExpiry" },
        { "not yet valid", "NotYetValid" },
        { "wrong audience", "WrongAudience" },
        { "no audience", "WrongAudience" },
        { "wrong issuer", "UnknownIssuer" },
        { "no issuer", "UnknownIssuer" },
        { "unknown key id", "UnknownKey" },
        { "no key id", "UnknownKey" },
        { "key id a number", "Malformed" },
        { "another's signature", "WrongSignature" },
        { "keys of its own address", "WrongSignature" },
        { "a certificate of its own address", "WrongSignature" },
        { "a key of its own", "WrongSignature" },
        { "a path for a key id", "UnknownKey" },
        { "claims changed", "WrongSignature" },
        { "no signature", "WrongSignature" },
        { "critical header", "CriticalHeader" },
        { "type of another kind", "WrongType" },
        { "claim twice", "Malformed" },
        { "padding", "Malformed" },
        { "stray bits", "Malformed" },
        { "not JSON", "Malformed" },
        { "not UTF-8", "Malformed" },
        { "half a surrogate", "Malformed" },
        { "deep", "Malformed" },
        { "no subject", "WrongClaim" },
        { "tenant a number", "WrongClaim" },
        { "tenant long", "WrongClaim" },
        { "models none", "WrongClaim" },
        { "models a number", "WrongClaim" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    [Trait("Requirement", "G6.2")]
    public async Task A_bad_token_is_refused_by_the_same_words_whatever_is_wrong_and_the_log_says_what_is(string what, string fault)
    {
        await ShouldBeRefusedAsync(Make(what));

        RefusalsLogged().Last().ShouldStartWith($"A token was refused: {fault} ");
    }

    [Theory]
    [InlineData(8_000)]
    [InlineData(75_000)]
    public async Task A_token_far_too_long_is_refused_unread(int length)
    {
        var before = RefusalsLogged().Count();

        await ShouldBeRefusedAsync(_issuer.Token("one", claims => claims["more"] = new string('x', length)));

        RefusalsLogged().Count().ShouldBe(before);
    }

    [Fact]
    [Trait("Requirement", "G6.1")]
    public async Task A_good_token_says_which_models_and_whose_they_are()
    {
        using var all = _gateway.ClientWith(_issuer.Token("one"));
        using var some = _gateway.ClientWith(_issuer.Token("two", claims => claims["models"] = new JsonArray("local-embeddings")));
        using var listed = _gateway.ClientWith(_issuer.Token("two", claims => claims["models"] = "local-embeddings other"));

        (await ModelsAsync(all)).ShouldBe(["local-embeddings", "phi-3-mini"]);
        (await ModelsAsync(some)).ShouldBe(["local-embeddings"]);
        (await ModelsAsync(listed)).ShouldBe(["local-embeddings"]);
        using var admin = await all.GetAsync("/admin/keys", Cancelled);
        admin.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Clocks_may_be_off_a_little_and_the_audience_may_be_one_of_several()
    {
        (await StatusAsync(_issuer.Token("one", claims => claims["exp"] = TestIssuer.Seconds(TimeSpan.FromSeconds(-10))))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(_issuer.Token("one", claims => claims["nbf"] = TestIssuer.Seconds(TimeSpan.FromSeconds(20))))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(_issuer.Token("one", claims => claims["aud"] = new JsonArray("other", TestIssuer.Audience)))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(_issuer.Token("one", header: header => header["typ"] = "at+jwt"))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_with_the_administrators_claim_administers_and_calls_no_models_and_the_audit_log_names_its_subject()
    {
        using var admin = _gateway.ClientWith(_issuer.Token("one", claims => claims["roles"] = new JsonArray("reader", "gateway-admin")));
        using var reader = _gateway.ClientWith(_issuer.Token("one", claims => claims["roles"] = new JsonArray("reader")));

        using var made = await admin.PostAsJsonAsync("/admin/keys", new { name = "by token" }, Cancelled);
        using var models = await admin.GetAsync("/v1/models", Cancelled);
        using var refused = await reader.GetAsync("/admin/keys", Cancelled);

        (made.StatusCode, models.StatusCode, refused.StatusCode).ShouldBe((HttpStatusCode.Created, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden));
        var audit = await admin.GetFromJsonAsync<JsonObject>("/admin/audit", Cancelled);
        ((string)audit!["data"]![0]!["actor"]!).ShouldBe("jwt:ann");
    }

    [Fact]
    public async Task Strangers_with_unknown_key_ids_do_not_make_the_gateway_ask_the_issuer_again_and_again()
    {
        (await StatusAsync(_issuer.Token("one"))).ShouldBe(HttpStatusCode.OK);
        var before = _issuer.Reads;

        for (var i = 0; i < 20; i++)
        {
            await ShouldBeRefusedAsync(_issuer.Token("one", header: header => header["kid"] = $"guess-{i}"));
        }

        _issuer.Reads.ShouldBeLessThanOrEqualTo(before + 1);
    }

    private string Make(string what) => what switch
    {
        "alg none" => $"{TestIssuer.Encode("""{"alg":"none"}""")}.{Body()}.",
        "alg None" => _issuer.Token("one", header: header => header["alg"] = "None"),
        "alg swapped" => Swapped(),
        "alg not allowed" => _issuer.Token("one", header: header => header["alg"] = "PS256"),
        "no alg" => _issuer.Token("one", header: header => header.Remove("alg")),
        "expired" => _issuer.Token("one", claims => claims["exp"] = TestIssuer.Seconds(TimeSpan.FromSeconds(-31))),
        "expiry missing" => _issuer.Token("one", claims => claims.Remove("exp")),
        "expiry text" => _issuer.Token("one", claims => claims["exp"] = "2099"),
        "expiry negative" => _issuer.Token("one", claims => claims["exp"] = -1),
        "not yet valid" => _issuer.Token("one", claims => claims["nbf"] = TestIssuer.Seconds(TimeSpan.FromSeconds(90))),
        "wrong audience" => _issuer.Token("one", claims => claims["aud"] = "Gateway"),
        "no audience" => _issuer.Token("one", claims => claims.Remove("aud")),
        "wrong issuer" => _issuer.Token("one", claims => claims["iss"] = TestIssuer.Name + "/"),
        "no issuer" => _issuer.Token("one", claims => claims.Remove("iss")),
        "unknown key id" => _issuer.Token("one", header: header => header["kid"] = "nobody's"),
        "no key id" => _issuer.Token("one", header: header => header.Remove("kid")),
        "key id a number" => _issuer.Token("one", header: header => header["kid"] = 1),
        "another's signature" => _issuer.Token("one", header: header => header["kid"] = "two"),
        "claims changed" => Changed(),
        "no signature" => _issuer.Token("one") is var token ? token[..(token.LastIndexOf('.') + 1)] : "",
        "keys of its own address" => _issuer.Token("one", header: header => (header["kid"], header["jku"]) = ("two", _issuer.JwksUrl.AbsoluteUri)),
        "a certificate of its own address" => _issuer.Token("one", header: header => (header["kid"], header["x5u"]) = ("two", _issuer.JwksUrl.AbsoluteUri)),
        "a key of its own" => _issuer.Token("one", header: header => (header["kid"], header["jwk"]) = ("two", _issuer.Jwks["keys"]![0]!.DeepClone())),
        "a path for a key id" => _issuer.Token("one", header: header => header["kid"] = "../../../../dev/null"),
        "critical header" => _issuer.Token("one", header: header => header["crit"] = new JsonArray("exp")),
        "type of another kind" => _issuer.Token("one", header: header => header["typ"] = "logout+jwt"),
        "claim twice" => _issuer.Sign("one", Header(), $$"""{"sub":"ann",{{TestIssuer.Claims().ToJsonString()[1..]}}"""),
        "padding" => _issuer.Token("one") + "==",
        "stray bits" => Strayed(),
        "not JSON" => _issuer.Sign("one", Header(), "claims"),
        "not UTF-8" => $"{TestIssuer.Encode(Header())}.{Base64Url.EncodeToString([.. "{\"sub\":\""u8, 0xc3, 0x28, .. "\"}"u8])}.AAAA",
        "half a surrogate" => _issuer.Sign("one", Header(), """{"iss":"\ud800"}"""),
        "deep" => _issuer.Sign("one", Header(), $$"""{"iss":{{new string('[', 100)}}{{new string(']', 100)}}}"""),
        "no subject" => _issuer.Token("one", claims => claims.Remove("sub")),
        "tenant a number" => _issuer.Token("one", claims => claims["tenant"] = 7),
        "tenant long" => _issuer.Token("one", claims => claims["tenant"] = new string('x', 201)),
        "models none" => _issuer.Token("one", claims => claims["models"] = new JsonArray()),
        "models a number" => _issuer.Token("one", claims => claims["models"] = 7),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    private static string Header() => """{"alg":"RS256","kid":"one"}""";

    private static string Body() => TestIssuer.Encode(TestIssuer.Claims().ToJsonString());

    // The public key taken for a shared one: what a verifier falls for that lets the token choose the algorithm.
    private string Swapped()
    {
        var signed = $"{TestIssuer.Encode("""{"alg":"HS256","kid":"one"}""")}.{Body()}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(_issuer.PublicKeyFile("one"), Encoding.ASCII.GetBytes(signed)))}";
    }

    private string Changed()
    {
        var parts = _issuer.Token("one").Split('.');
        var claims = TestIssuer.Claims();
        claims["tenant"] = "other";
        return $"{parts[0]}.{TestIssuer.Encode(claims.ToJsonString())}.{parts[2]}";
    }

    // 256 bytes leave four bits of the last letter unused; with one of them set it is another text of the same signature.
    private string Strayed()
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var token = _issuer.Token("one");
        return token[..^1] + Alphabet[Alphabet.IndexOf(token[^1], StringComparison.Ordinal) + 1];
    }

    private IEnumerable<string> RefusalsLogged() =>
        _gateway.Log.Lines.Where(line => line.Category == "Gateway.Api.Access.Jwt.JwtAuthentication").Select(line => line.Message);

    private async Task ShouldBeRefusedAsync(string token)
    {
        using var caller = _gateway.ClientWith(token);
        using var response = await caller.GetAsync("/v1/models", Cancelled);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ShouldBe([new AuthenticationHeaderValue("Bearer")]);
        (await response.Content.ReadAsStringAsync(Cancelled)).ShouldBe(NotAccepted);
    }

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var caller = _gateway.ClientWith(token);
        using var response = await caller.GetAsync("/v1/models", Cancelled);
        return response.StatusCode;
    }

    private static async Task<IEnumerable<string>> ModelsAsync(HttpClient caller) =>
        (await caller.GetFromJsonAsync<JsonObject>("/v1/models", Cancelled))!["data"]!.AsArray().Select(model => (string)model!["id"]!);
}
