using Aws.Deployment.Estimate.Prices;
using Gateway.Tests.Hosts;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Aws.Deployment.Tests.Estimate;

public sealed class PriceListTests
{
    // As https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonEC2/current/eu-central-1/index.json is made; shortened to a few of its products.
    private const string Ec2 = """
        {
          "formatVersion" : "v1.0",
          "disclaimer" : "This pricing list is for informational purposes only.",
          "offerCode" : "AmazonEC2",
          "version" : "20261120182436",
          "publicationDate" : "2026-11-20T18:24:36Z",
          "products" : {
            "LINUX00000000001" : {
              "sku" : "LINUX00000000001", "productFamily" : "Compute Instance",
              "attributes" : { "servicecode" : "AmazonEC2", "location" : "EU (Frankfurt)", "instanceType" : "g5.xlarge", "operatingSystem" : "Linux", "usagetype" : "EUC1-BoxUsage:g5.xlarge", "operation" : "RunInstances", "regionCode" : "eu-central-1" }
            },
            "WINDOWS000000001" : {
              "sku" : "WINDOWS000000001", "productFamily" : "Compute Instance",
              "attributes" : { "servicecode" : "AmazonEC2", "instanceType" : "g5.xlarge", "operatingSystem" : "Windows", "usagetype" : "EUC1-BoxUsage:g5.xlarge", "operation" : "RunInstances:0002", "regionCode" : "eu-central-1" }
            },
            "UNUSED0000000001" : {
              "sku" : "UNUSED0000000001", "productFamily" : "Compute Instance",
              "attributes" : { "usagetype" : "EUC1-UnusedBoxUsage:g5.xlarge", "operation" : "RunInstances" }
            },
            "NATHOURS00000001" : {
              "sku" : "NATHOURS00000001", "productFamily" : "NAT Gateway",
              "attributes" : { "usagetype" : "EUC1-NatGateway-Hours", "operation" : "NatGateway" }
            }
          },
          "terms" : {
            "OnDemand" : {
              "LINUX00000000001" : {
                "LINUX00000000001.JRTCKXETXF" : {
                  "offerTermCode" : "JRTCKXETXF", "sku" : "LINUX00000000001", "effectiveDate" : "2026-11-01T00:00:00Z",
                  "priceDimensions" : {
                    "LINUX00000000001.JRTCKXETXF.6YS6EN2CT7" : { "rateCode" : "LINUX00000000001.JRTCKXETXF.6YS6EN2CT7", "description" : "$1.3 per On Demand Linux g5.xlarge Instance Hour", "beginRange" : "0", "endRange" : "Inf", "unit" : "Hrs", "pricePerUnit" : { "USD" : "1.3000000000" }, "appliesTo" : [ ] }
                  },
                  "termAttributes" : { }
                }
              },
              "WINDOWS000000001" : { "WINDOWS000000001.JRTCKXETXF" : { "priceDimensions" : { "W" : { "beginRange" : "0", "unit" : "Hrs", "pricePerUnit" : { "USD" : "1.5300000000" } } } } },
              "UNUSED0000000001" : { "UNUSED0000000001.JRTCKXETXF" : { "priceDimensions" : { "U" : { "beginRange" : "0", "unit" : "Hrs", "pricePerUnit" : { "USD" : "9.0000000000" } } } } },
              "NATHOURS00000001" : { "NATHOURS00000001.JRTCKXETXF" : { "priceDimensions" : { "N" : { "beginRange" : "0", "unit" : "Hrs", "pricePerUnit" : { "USD" : "0.0540000000" } } } } }
            },
            "Reserved" : {
              "LINUX00000000001" : { "LINUX00000000001.4NA7Y494T4" : { "priceDimensions" : { "R" : { "beginRange" : "0", "unit" : "Hrs", "pricePerUnit" : { "USD" : "0.7900000000" } } } } }
            }
          },
          "attributesList" : { }
        }
        """;

    // The first 25 GB are free, and prices are of single units.
    private const string DynamoDb = """
        {"offerCode": "AmazonDynamoDB", "products": {
           "STORAGE": {"sku": "STORAGE", "attributes": {"usagetype": "EUC1-TimedStorage-ByteHrs", "operation": ""}},
           "WRITES": {"sku": "WRITES", "attributes": {"usagetype": "EUC1-WriteRequestUnits", "operation": "PayPerRequestThroughput"}}},
         "terms": {"OnDemand": {
           "STORAGE": {"STORAGE.T": {"priceDimensions": {
              "B": {"beginRange": "25", "endRange": "Inf", "unit": "GB-Mo", "pricePerUnit": {"USD": "0.3060000000"}},
              "A": {"beginRange": "0", "endRange": "25", "unit": "GB-Mo", "pricePerUnit": {"USD": "0.0000000000"}}}}},
           "WRITES": {"WRITES.T": {"priceDimensions": {"A": {"beginRange": "0", "endRange": "Inf", "unit": "WriteRequestUnits", "pricePerUnit": {"USD": "0.0000007625"}}}}}}}}
        """;

    private static readonly PriceSheet Sheet = new()
    {
        Date = new DateOnly(2026, 1, 1),
        Prices = new Dictionary<string, Price>
        {
            ["ec2.g5.xlarge"] = Priced("hour", 1, new PriceOffer("AmazonEC2", "BoxUsage:g5.xlarge", "RunInstances")),
            ["nat.hour"] = Priced("hour", 2, new PriceOffer("AmazonEC2", "NatGateway-Hours")),
            ["dynamodb.storage"] = Priced("GB-month", 3, new PriceOffer("AmazonDynamoDB", "TimedStorage-ByteHrs")),
            ["dynamodb.writes"] = Priced("million units", 4, new PriceOffer("AmazonDynamoDB", "WriteRequestUnits", "PayPerRequestThroughput", 1_000_000)),
            ["valkey"] = Priced("GB-hour", 5, null),
        },
    };

    [Fact]
    [Trait("Requirement", "V8.1")]
    public async Task Prices_of_the_region_are_taken_from_the_list_by_usage_operation_and_term()
    {
        await using var list = await ScriptedUpstream.StartAsync(http => http.Response.WriteAsync(FileOf(http.Request.Path)));
        using var http = new HttpClient { BaseAddress = list.Address };

        var (sheet, faults) = await new PriceList(http).RefreshAsync(Sheet, "eu-central-1", new DateOnly(2026, 11, 21), TestContext.Current.CancellationToken);

        faults.ShouldBeEmpty();
        sheet.Date.ShouldBe(new DateOnly(2026, 11, 21));
        sheet.Prices.ToDictionary(price => price.Key, price => price.Value.Usd.GetValueOrDefault("eu-central-1")).ShouldBe(new Dictionary<string, decimal>
        {
            ["ec2.g5.xlarge"] = 1.3m, ["nat.hour"] = 0.054m, ["dynamodb.storage"] = 0.306m, ["dynamodb.writes"] = 0.7625m, ["valkey"] = 0,
        });
        sheet.Find("ec2.g5.xlarge", "us-east-1")!.Value.Usd.ShouldBe(1);
    }

    [Fact]
    [Trait("Requirement", "V8.1")]
    public async Task A_price_from_general_knowledge_is_one_until_the_list_gives_the_regions()
    {
        var (name, sheet) = ("ec2.g5.xlarge", Sheet with { Prices = Sheet.Prices.ToDictionary(price => price.Key, price => price.Value with { Unchecked = ["us-east-1", "eu-central-1"] }) });
        await using var list = await ScriptedUpstream.StartAsync(http => http.Response.WriteAsync(FileOf(http.Request.Path)));
        using var http = new HttpClient { BaseAddress = list.Address };

        var refreshed = (await new PriceList(http).RefreshAsync(sheet, "eu-central-1", new DateOnly(2026, 11, 21), TestContext.Current.CancellationToken)).Sheet;

        sheet.Find(name, "eu-central-1").ShouldBe(new KnownPrice(1, "hour", "us-east-1", IsChecked: false));
        refreshed.Find(name, "eu-central-1").ShouldBe(new KnownPrice(1.3m, "hour", "eu-central-1", IsChecked: true));
        refreshed.Find(name, "us-east-1").ShouldBe(new KnownPrice(1, "hour", "us-east-1", IsChecked: false));
    }

    [Fact]
    [Trait("Requirement", "V8.1")]
    public async Task What_the_list_lacks_or_does_not_give_stays_as_it_was_and_is_said()
    {
        await using var list = await ScriptedUpstream.StartAsync(http =>
        {
            if (http.Request.Path.Value!.Contains("AmazonEC2", StringComparison.Ordinal))
            {
                return http.Response.WriteAsync(Ec2.Replace("NatGateway-Hours", "NatGateway-Prvd", StringComparison.Ordinal));
            }

            http.Response.StatusCode = 403;
            return Task.CompletedTask;
        });
        using var http = new HttpClient { BaseAddress = list.Address };

        var (sheet, faults) = await new PriceList(http).RefreshAsync(Sheet, "eu-central-1", new DateOnly(2026, 11, 21), TestContext.Current.CancellationToken);

        faults[0].ShouldBe("nat.hour: not in the price list of AmazonEC2");
        faults[1].ShouldContain("dynamodb.storage, dynamodb.writes: ");
        faults[1].ShouldContain("403");
        sheet.Date.ShouldBe(Sheet.Date);
        sheet.Find("nat.hour", "eu-central-1").ShouldBe(new KnownPrice(2, "hour", "us-east-1", IsChecked: true));
        sheet.Find("ec2.g5.xlarge", "eu-central-1").ShouldBe(new KnownPrice(1.3m, "hour", "eu-central-1", IsChecked: true));
    }

    [Fact]
    public async Task A_file_may_come_in_any_pieces()
    {
        var wanted = Sheet.Prices.Where(price => price.Value.Offer?.Service == "AmazonEC2").ToDictionary(price => price.Key, price => price.Value.Offer!);

        await using var pieces = new PiecewiseStream(System.Text.Encoding.UTF8.GetBytes(Ec2), 7);
        var found = await new OfferFile(wanted).ReadAsync(pieces, TestContext.Current.CancellationToken);

        found.ShouldBe(new Dictionary<string, decimal> { ["ec2.g5.xlarge"] = 1.3m, ["nat.hour"] = 0.054m }, ignoreOrder: true);
    }

    private static string FileOf(string path) => path switch
    {
        "/offers/v1.0/aws/AmazonEC2/current/eu-central-1/index.json" => Ec2,
        "/offers/v1.0/aws/AmazonDynamoDB/current/eu-central-1/index.json" => DynamoDb,
        _ => throw new InvalidOperationException(path),
    };

    private static Price Priced(string unit, decimal usd, PriceOffer? offer) => new() { Unit = unit, Usd = new Dictionary<string, decimal> { ["us-east-1"] = usd }, Offer = offer };

    private sealed class PiecewiseStream(byte[] content, int most) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(most, buffer.Length)], cancellationToken);
    }
}
