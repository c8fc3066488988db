using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aws.Deployment.Estimate.Prices;

/// <summary>Prices of a day.</summary>
internal sealed record PriceSheet
{
    /// <summary>Stands in where a region's own price is unknown, and is said to.</summary>
    public const string DefaultRegion = "us-east-1";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, NewLine = "\n", UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The day that they were taken on.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>By name, such as <c>ec2.g5.xlarge</c>.</summary>
    public required IReadOnlyDictionary<string, Price> Prices { get; init; }

    /// <summary>The snapshot that ships with the tool.</summary>
    public static PriceSheet Snapshot() => Read(Path.Combine(AppContext.BaseDirectory, "Estimate", "Prices", "prices.json"));

    /// <exception cref="InvalidDataException">The file is none of prices.</exception>
    public static PriceSheet Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<PriceSheet>(File.ReadAllBytes(file), Format)!;
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{file} is no sheet of prices: {broken.Message}", broken);
        }
    }

    public void Write(string file) => File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(this, Format));

    /// <returns>Null where there is none for any region.</returns>
    public KnownPrice? Find(string name, string region)
    {
        if (!Prices.TryGetValue(name, out var price))
        {
            return null;
        }

        var known = price.Usd.ContainsKey(region) ? region : DefaultRegion;
        return price.Usd.TryGetValue(known, out var usd) ? new KnownPrice(usd, price.Unit, known, price.Unchecked?.Contains(known) is not true) : null;
    }
}
