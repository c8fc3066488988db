using System.Text;
using Cost.Worker.Reports;
using Gateway.Api.Access.Jwt;
using Gateway.Api.Endpoints.Config;
using Gateway.Api.Experiments.Tallies;
using Gateway.Api.Pipeline;
using Gateway.Tests.Fuzz.Generation;
using Mcp.Products.Feeds;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using ServiceDefaults.Correlation;
using ServiceDefaults.Redaction;
using ServiceDefaults.Secrets;
using Shouldly;

namespace Gateway.Tests.Fuzz.Texts;

/// <summary>Header values, references, periods, sums of money and names: short texts that somebody else has written.</summary>
public sealed class SmallTextsFuzz : ParserFuzz
{
    protected override IReadOnlyList<string> Examples { get; } =
    [
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "req_0af7651916cd43dd8448eb211c80319c", "\"3\"", "W/\"12\"", "*", "env:OPENAI_API_KEY", "secret:prod/openai#api-key",
        "secret:arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/openai-AbCdEf#api-key", "parameter:/prod/openai", "2026-11", "tenant,model", "99.50", "49.99 USD", "USD 5", ":Size:L,:Color:red\\,blue",
        "in_stock", "Bearer sk-gw-0123456789abcdef", "me@example.com 4111 1111 1111 1111", "20261121 v1 requests", "0.5 acme", "eyJhbGciOiJub25lIn0.e30.", "é\u202Eü",
    ];

    protected override IReadOnlyList<string> Words { get; } = ["-", "00", "\"", "W/", ":", "#", "arn:", "@", ".", ",", "2026-11-21", "USD", "sk-", "Bearer ", "eyJ", "\\", new string('a', 3000), new string('1', 3000), new string('@', 500)];

    protected override void Check(byte[] input, FuzzRandom random)
    {
        var text = Encoding.UTF8.GetString(input);
        ReadHeaders(text);
        ReadReferences(text);
        ReadMoney(text);
        var masked = Redactor.Mask(text);
        Redactor.Mask(masked).ShouldBe(masked);
        _ = JwtAuthentication.LooksLike(text);
        _ = TallyField.Parse(text);
    }

    private static void ReadHeaders(string text)
    {
        var http = new DefaultHttpContext();
        http.Request.Headers[RequestId.Header] = new StringValues(text);
        http.Request.Headers.IfMatch = text;
        var id = RequestId.Of(http.Request);
        id.ShouldNotBeNullOrEmpty();
        id.All(letter => letter is >= '!' and <= '~').ShouldBeTrue(id);
        new RequestScope(id, text).Single(entry => entry.Key == "TraceId").Value.ShouldBeOfType<string>().Length.ShouldBe(32);
        ExpectedVersion.TryRead(http.Request, out var version);
        (version ?? 0).ShouldBeGreaterThanOrEqualTo(0);
        GatewayHeaders.Warn(http.Response, text);
        http.Response.Headers[GatewayHeaders.Warnings].ToString().All(letter => letter is >= ' ' and <= '~').ShouldBeTrue();
    }

    private static void ReadReferences(string text)
    {
        if (SecretReference.IsValid(text) && !SecretReference.IsEnvironment(text))
        {
            AwsSecretAddress.Of(text).Id.ShouldNotBeNull();
        }
    }

    private static void ReadMoney(string text)
    {
        BudgetText.TryParse(text, out var usd, out _).ShouldBe(usd is not null);
        _ = PeriodText.TryParseMonth(text, out _);
        _ = Dimension.TryParse(text, out _, out _);
        _ = AvailabilityText.TryParse(text, out _);
        if (PriceText.TryParse(text, "USD", out var price, out var fault))
        {
            fault.ShouldBeEmpty();
            price!.Amount.ShouldBeGreaterThanOrEqualTo(0);
            PriceText.TryParse(PriceText.Format(price), "EUR", out var same, out _).ShouldBeTrue();
            same.ShouldBe(price);
        }

        var details = ProductDetails.Parse(text).ToList();
        ProductDetails.Parse(ProductDetails.Format(details)).Select(one => one.Key).ShouldBe(details.Select(one => one.Key));
    }
}
