using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using ServiceDefaults.Network;

namespace ServiceDefaults.Aws;

/// <summary>The calls to one table of items that have a partition and a sort key, which the ledger and the API keys are made of.</summary>
public sealed class DynamoTable(IAmazonDynamoDB client, string table, TimeProvider time) : IDisposable
{
    /// <summary>The name of the partition key.</summary>
    public const string Partition = "pk";

    /// <summary>The name of the sort key.</summary>
    public const string Sort = "sk";

    private const int LargestBatch = 25;
    private const int Attempts = 8;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether the failure is the table's or the network's, and trying again may help.</summary>
    public static bool IsUnavailable(Exception failure) =>
        failure is AmazonServiceException and not ConditionalCheckFailedException or AmazonClientException or TimeoutException || failure.IsOfNetwork();

    /// <summary>Makes the table where it is not there, and returns once it can be used.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        while (await StatusAsync(cancellationToken) is var status && status != TableStatus.ACTIVE)
        {
            if (status is null)
            {
                await CreateAsync(cancellationToken);
            }

            await Task.Delay(FirstDelay, time, cancellationToken);
        }
    }

    /// <summary>Puts items, however many; each put may come again.</summary>
    public async Task PutAllAsync(IEnumerable<Dictionary<string, AttributeValue>> items, CancellationToken cancellationToken)
    {
        foreach (var chunk in items.Chunk(LargestBatch))
        {
            var left = chunk.Select(item => new WriteRequest(new PutRequest(item))).ToList();
            for (var attempt = 0; left.Count > 0; attempt++)
            {
                if (attempt == Attempts)
                {
                    throw new TimeoutException($"DynamoDB left {left.Count} items unprocessed after {Attempts} attempts.");
                }

                if (attempt > 0)
                {
                    await Task.Delay(FirstDelay * (1 << attempt), time, cancellationToken);
                }

                var reply = await client.BatchWriteItemAsync(new BatchWriteItemRequest { RequestItems = new() { [table] = left } }, cancellationToken);
                left = reply.UnprocessedItems?.GetValueOrDefault(table) ?? [];
            }
        }
    }

    /// <summary>True where it was done; else the condition does not hold.</summary>
    public async Task<bool> TryUpdateAsync(UpdateItemRequest request, CancellationToken cancellationToken)
    {
        request.TableName = table;
        try
        {
            await client.UpdateItemAsync(request, cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    /// <summary>True where it was done; else there is such an item already.</summary>
    public Task<bool> TryAddAsync(Dictionary<string, AttributeValue> item, CancellationToken cancellationToken) =>
        TryPutAsync(new PutItemRequest { Item = item, ConditionExpression = $"attribute_not_exists({Partition})" }, cancellationToken);

    /// <summary>True where it was done; else the condition does not hold.</summary>
    public async Task<bool> TryPutAsync(PutItemRequest request, CancellationToken cancellationToken)
    {
        request.TableName = table;
        try
        {
            await client.PutItemAsync(request, cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    /// <summary>As it is at this moment; empty where it is not there.</summary>
    public async Task<Dictionary<string, AttributeValue>> GetAsync(string partition, string sort, CancellationToken cancellationToken)
    {
        var key = new Dictionary<string, AttributeValue> { [Partition] = new(partition), [Sort] = new(sort) };
        var reply = await client.GetItemAsync(new GetItemRequest { TableName = table, Key = key, ConsistentRead = true }, cancellationToken);
        return reply.Item ?? [];
    }

    public async Task DeleteAsync(string partition, string sort, CancellationToken cancellationToken) =>
        await client.DeleteItemAsync(table, new Dictionary<string, AttributeValue> { [Partition] = new(partition), [Sort] = new(sort) }, cancellationToken);

    /// <summary>All items of a partition, page by page.</summary>
    public async IAsyncEnumerable<Dictionary<string, AttributeValue>> QueryAsync(
        string partition, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new QueryRequest
        {
            TableName = table,
            KeyConditionExpression = $"{Partition} = :p",
            ExpressionAttributeValues = new() { [":p"] = new(partition) },
            ConsistentRead = true,
        };
        do
        {
            var page = await client.QueryAsync(request, cancellationToken);
            foreach (var item in page.Items ?? [])
            {
                yield return item;
            }

            request.ExclusiveStartKey = page.LastEvaluatedKey is { Count: > 0 } last ? last : null;
        }
        while (request.ExclusiveStartKey is not null);
    }

    public void Dispose() => client.Dispose();

    // Whoever may not make tables, as at AWS where a template made it, is not asked to.
    private async Task<TableStatus?> StatusAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await client.DescribeTableAsync(table, cancellationToken)).Table.TableStatus;
        }
        catch (ResourceNotFoundException)
        {
            return null;
        }
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await client.CreateTableAsync(
                new CreateTableRequest
                {
                    TableName = table,
                    BillingMode = BillingMode.PAY_PER_REQUEST,
                    KeySchema = [new(Partition, KeyType.HASH), new(Sort, KeyType.RANGE)],
                    AttributeDefinitions = [new(Partition, ScalarAttributeType.S), new(Sort, ScalarAttributeType.S)],
                },
                cancellationToken);
        }
        catch (ResourceInUseException)
        {
            // Somebody else has made it meanwhile.
        }
    }
}
