using System.Text.Json;

namespace Gateway.Api.Tools.Products;

/// <summary>A product that was found, as a page shows it.</summary>
/// <param name="Id">Its id in the catalogue.</param>
/// <param name="Title">Its title, as the catalogue has it: data, and no markup.</param>
/// <param name="Price">In units of the currency, such as 49.99; null where it is not known.</param>
/// <param name="Currency">As ISO 4217 has it.</param>
/// <param name="Available">Whether it can be bought; null where that is not known.</param>
/// <param name="Url">Its page, http or https; null where there is none.</param>
internal sealed record FoundProduct(string Id, string Title, decimal? Price, string? Currency, bool? Available, string? Url)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", Id);
        json.WriteString("title", Title);
        if (Price is { } price)
        {
            json.WriteNumber("price", price);
        }
        else
        {
            json.WriteNull("price");
        }

        json.WriteString("currency", Currency);
        if (Available is { } available)
        {
            json.WriteBoolean("available", available);
        }
        else
        {
            json.WriteNull("available");
        }

        json.WriteString("url", Url);
        json.WriteEndObject();
    }
}
