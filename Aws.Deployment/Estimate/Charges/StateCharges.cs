using Aws.Deployment.Estimate.Templates;
using static Aws.Deployment.Estimate.Charges.ChargeContext;

namespace Aws.Deployment.Estimate.Charges;

/// <summary>What is kept: tables, the cache, buckets, images, secrets.</summary>
internal static class StateCharges
{
    private const decimal LeastCacheGigabytes = 0.1m;

    public static IEnumerable<Charge> Table(TemplateResource table, ChargeContext context)
    {
        // Assumptions are of all tables together.
        var tables = context.Count(table.Type);
        var gigabytes = context.Usage.TableGigabytes / tables;
        yield return new("dynamodb.writes", "writes", context.MillionRequests * context.Usage.TableWrites / tables);
        yield return new("dynamodb.reads", "reads", context.MillionRequests * context.Usage.TableReads / tables);
        yield return new("dynamodb.storage", "storage", gigabytes);
        if (table.Text("PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled") == "true")
        {
            yield return new("dynamodb.recovery", "point-in-time recovery", gigabytes);
        }
    }

    public static IEnumerable<Charge> Cache(TemplateResource cache, ChargeContext context) =>
    [
        new("elasticache.valkey-data", "data in Valkey", context.Usage.CacheGigabytes.AtLeast(LeastCacheGigabytes) * Hours),
        new("elasticache.valkey-units", "work of Valkey", context.MillionRequests * context.Usage.CacheUnits),
    ];

    public static IEnumerable<Charge> Bucket(TemplateResource bucket, ChargeContext context) => [new("s3.storage", "storage", context.Usage.BucketGigabytes)];

    public static IEnumerable<Charge> Repository(TemplateResource repository, ChargeContext context) => [new("ecr.storage", "images", context.Usage.ImageGigabytes)];

    public static IEnumerable<Charge> Secret(TemplateResource secret, ChargeContext context) =>
    [
        new("secret.month", "secret", 1),
        new("secret.calls", "calls for it", context.Usage.SecretCalls / 10_000 / context.Count(secret.Type)),
    ];

    public static IEnumerable<Charge> Key(TemplateResource key, ChargeContext context) => [new("kms.key", "key", 1)];
}
