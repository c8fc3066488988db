using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.ElastiCache;
using Amazon.CDK.AWS.SecretsManager;
using Aws.Deployment.Configuration;
using Constructs;

namespace Aws.Deployment.Stacks;

/// <summary>What outlives a process: keys and ledger in DynamoDB, what replicas share in Valkey, secrets, and the gateway's settings.</summary>
internal sealed class StateStack : ConcernStack
{
    public const int CachePort = 6379;

    /// <summary>The most that Valkey may grow to.</summary>
    public const int CacheGigabytes = 5;

    private const int CacheUnitsPerSecond = 5000;
    private const int SnapshotDays = 7;

    public StateStack(Construct scope, DeploymentOptions options, NetworkStack network)
        : base(scope, options, "state", "tables, Valkey, secrets, settings and images")
    {
        Keys = AddTable("Keys", "keys");
        Ledger = AddTable("Ledger", "ledger");
        var cache = new CfnServerlessCache(this, "Cache", new CfnServerlessCacheProps
        {
            ServerlessCacheName = options.Prefix,
            Description = "Limits, holds, cached answers and usage under way",
            Engine = "valkey",
            MajorEngineVersion = "8",
            SubnetIds = network.PrivateSubnets,
            SecurityGroupIds = [network.Groups.Cache],
            CacheUsageLimits = new CfnServerlessCache.CacheUsageLimitsProperty
            {
                DataStorage = new CfnServerlessCache.DataStorageProperty { Maximum = CacheGigabytes, Unit = "GB" },
                EcpuPerSecond = new CfnServerlessCache.ECPUPerSecondProperty { Maximum = CacheUnitsPerSecond },
            },
            SnapshotRetentionLimit = options.ProtectData ? SnapshotDays : null,
        });
        Redis = $"{cache.AttrEndpointAddress}:{CachePort},ssl=true";
        AdminSecret = AddAdminSecret();
        Images = new Images(this, options);
        Models = options.Inference.IsWanted ? new ModelBucket(this, options) : null;
        _ = new Settings(this, options);

        Output("KeysTable", "The table of API keys.", Keys.Ref);
        Output("LedgerTable", "The table of the ledger.", Ledger.Ref);
        Output("AdminSecret", "The secret that holds the admin key.", AdminSecret);
    }

    public CfnTable Keys { get; }

    public CfnTable Ledger { get; }

    /// <summary>How Valkey is reached, as <c>ConnectionStrings:redis</c> has it.</summary>
    public string Redis { get; }

    public string AdminSecret { get; }

    public Images Images { get; }

    public ModelBucket? Models { get; }

    // The gateway and the worker ask for this very layout: DynamoTable.
    private CfnTable AddTable(string id, string name)
    {
        var table = new CfnTable(this, id, new CfnTableProps
        {
            TableName = $"{Options.Prefix}-{name}",
            BillingMode = "PAY_PER_REQUEST",
            AttributeDefinitions = new[]
            {
                new CfnTable.AttributeDefinitionProperty { AttributeName = "pk", AttributeType = "S" },
                new CfnTable.AttributeDefinitionProperty { AttributeName = "sk", AttributeType = "S" },
            },
            KeySchema = new[]
            {
                new CfnTable.KeySchemaProperty { AttributeName = "pk", KeyType = "HASH" },
                new CfnTable.KeySchemaProperty { AttributeName = "sk", KeyType = "RANGE" },
            },
            PointInTimeRecoverySpecification = new CfnTable.PointInTimeRecoverySpecificationProperty { PointInTimeRecoveryEnabled = true },
            SseSpecification = new CfnTable.SSESpecificationProperty { SseEnabled = true, SseType = "KMS" },
            DeletionProtectionEnabled = Options.ProtectData,
        });
        table.ApplyRemovalPolicy(Options.ProtectData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
        return table;
    }

    // Made here, since nobody has to know it before; what providers give out is put by hand, and outlives the stack.
    private string AddAdminSecret()
    {
        var secret = new CfnSecret(this, "AdminKey", new CfnSecretProps
        {
            Name = Secrets.Admin(Options),
            Description = "The key that opens /admin",
            GenerateSecretString = new CfnSecret.GenerateSecretStringProperty
            {
                SecretStringTemplate = "{}", GenerateStringKey = Secrets.AdminKey, PasswordLength = 48, ExcludePunctuation = true,
            },
        });
        return secret.Ref;
    }
}
