using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aws.Deployment.Estimate.Usage;

/// <summary><c>[low, expected, high]</c>, or one number for all three.</summary>
internal sealed class ScenariosConverter : JsonConverter<Scenarios>
{
    public override Scenarios Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var numbers = reader.TokenType is JsonTokenType.StartArray ? JsonSerializer.Deserialize<decimal[]>(ref reader)! : [reader.GetDecimal()];
        var scenarios = numbers switch
        {
            [var same] => same,
            [var low, var expected, var high] => new Scenarios(low, expected, high),
            _ => throw new JsonException("An assumption is one number, or three: low, expected and high."),
        };
        return numbers.All(number => number >= 0) ? scenarios : throw new JsonException("An assumption is not less than 0.");
    }

    public override void Write(Utf8JsonWriter writer, Scenarios value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Low);
        writer.WriteNumberValue(value.Expected);
        writer.WriteNumberValue(value.High);
        writer.WriteEndArray();
    }
}
