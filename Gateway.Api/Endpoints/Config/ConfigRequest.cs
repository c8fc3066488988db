using System.Text.Json;
using Gateway.Api.Configuration;
using Gateway.Api.Configuration.Documents;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Endpoints.Config;

/// <summary>
/// What <c>PUT /admin/config</c> takes: section <c>Gateway</c> or a part of it, by itself or as <c>{"version": 3, "gateway": {…}}</c>, the
/// form in which <c>GET</c> shows it.
/// </summary>
/// <param name="Gateway">What is put.</param>
/// <param name="Version">Which version the author has seen; null where not stated.</param>
internal sealed record ConfigRequest(JsonElement Gateway, long? Version)
{
    private const int MostBytes = 1024 * 1024;
    private const string VersionField = "version";

    // GET shows these, and they say nothing here.
    private static readonly string[] Shown = ["author", "changed_at", "overlay", "faults"];

    /// <summary>The request, or why it is refused.</summary>
    public static async Task<(ConfigRequest? Request, IResult? Fault)> ReadAsync(HttpRequest http)
    {
        if (ExpectedVersion.TryRead(http, out var expected) is { } unreadable)
        {
            return Refuse(unreadable);
        }

        if (await ReadBodyAsync(http) is not { } body)
        {
            return Refuse(Refusal.RequestTooLarge(MostBytes));
        }

        try
        {
            using var document = JsonDocument.Parse(body, DocumentReader.AsTheFrameworkReads);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement.Clone(), expected) : Refuse("The body must be a JSON object.");
        }
        catch (JsonException broken)
        {
            return Refuse(Refusal.InvalidJson(broken).Message);
        }
        catch (InvalidOperationException exception) when (exception.IsOfText())
        {
            return Refuse(Json.NoUnicode);
        }
    }

    private static (ConfigRequest? Request, IResult? Fault) Read(JsonElement body, long? expected)
    {
        long? version = null;
        JsonElement? wrapped = null;
        List<JsonProperty> others = [];
        foreach (var field in body.EnumerateObject())
        {
            if (field.NameEquals(VersionField))
            {
                if (field.Value.ValueKind != JsonValueKind.Number || !field.Value.TryGetInt64(out var number) || number < 0)
                {
                    return Refuse(Refusal.InvalidRequest("'version' must be a whole number, 0 or more.", VersionField, "invalid_type"));
                }

                version = number;
            }
            else if (field.Name.Equals(GatewayOptions.Section, StringComparison.OrdinalIgnoreCase))
            {
                wrapped = field.Value;
            }
            else
            {
                others.Add(field);
            }
        }

        if (wrapped is not null && others.Find(field => !Shown.Contains(field.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
        {
            return Refuse($"{unknown.Name} is not known beside '{VersionField}' and 'gateway'.");
        }

        return version is not null && expected is not null && version != expected
            ? Refuse(Refusal.InvalidRequest($"'version' is {version}, and If-Match {expected}; they must be the same.", VersionField))
            : (new ConfigRequest(wrapped ?? Join(others), version ?? expected), null);
    }

    private static JsonElement Join(List<JsonProperty> fields)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            fields.ForEach(field => field.WriteTo(json));
            json.WriteEndObject();
        }

        return JsonElement.Parse(text.ToArray());
    }

    private static async Task<byte[]?> ReadBodyAsync(HttpRequest http)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await http.Body.ReadAsync(buffer, http.HttpContext.RequestAborted) is > 0 and var read)
        {
            body.Write(buffer, 0, read);
            if (body.Length > MostBytes)
            {
                return null;
            }
        }

        return body.ToArray();
    }

    private static (ConfigRequest? Request, IResult? Fault) Refuse(Refusal refusal) => (null, new RefusalResult(refusal));

    private static (ConfigRequest? Request, IResult? Fault) Refuse(string fault) => (null, new FaultsResult([fault]));
}
