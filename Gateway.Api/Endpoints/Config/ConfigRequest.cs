using System.Globalization;
using System.Text.Json;
using Gateway.Api.Configuration;
using Gateway.Api.Configuration.Documents;
using Gateway.Api.Pipeline;

namespace Gateway.Api.Endpoints.Config;

/// <summary>
/// What <c>PUT /admin/config</c> and its roll-back take. The body is section <c>Gateway</c> or a part of it, by itself or as
/// <c>{"version": 3, "gateway": {…}}</c>, the form in which <c>GET</c> shows it.
/// </summary>
/// <param name="Gateway">What is put.</param>
/// <param name="Version">Of a change: which one the author has seen. Of a roll-back: which one is put back.</param>
/// <param name="IfMatch">Which one the author has seen, by the header.</param>
internal sealed record ConfigRequest(JsonElement Gateway, long? Version, long? IfMatch, bool IsDryRun)
{
    private const int MostBytes = 1024 * 1024;
    private const string VersionField = "version";

    // GET shows these, and they say nothing here.
    private static readonly string[] Shown = ["author", "changed_at", "overlay", "faults"];

    public static async Task<(ConfigRequest? Request, IResult? Fault)> ReadAsync(HttpRequest http, string? dryRun, bool isRollback = false)
    {
        var isDryRun = false;
        if (dryRun is not null && !bool.TryParse(dryRun, out isDryRun))
        {
            return Refuse(Refusal.InvalidRequest($"'dry_run' is '{dryRun}'; it must be true or false.", "dry_run"));
        }

        if (!TryReadIfMatch(http.Headers.IfMatch.ToString(), out var ifMatch))
        {
            return Refuse(Refusal.InvalidRequest($"If-Match is '{http.Headers.IfMatch}'; it must be a version such as \"3\".", "If-Match"));
        }

        if (await ReadBodyAsync(http) is not { } body)
        {
            return Refuse(Refusal.RequestTooLarge(MostBytes));
        }

        try
        {
            using var document = JsonDocument.Parse(isRollback && body.Length == 0 ? "{}"u8.ToArray() : body, DocumentReader.AsTheFrameworkReads);
            return Read(document.RootElement.Clone(), ifMatch, isDryRun, isRollback);
        }
        catch (JsonException broken)
        {
            return (null, new FaultsResult([Refusal.InvalidJson(broken).Message]));
        }
        catch (InvalidOperationException exception) when (exception.IsOfText())
        {
            return Refuse(Json.NoUnicode);
        }
    }

    private static (ConfigRequest? Request, IResult? Fault) Read(JsonElement body, long? ifMatch, bool isDryRun, bool isRollback)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return (null, new FaultsResult(["The body must be a JSON object."]));
        }

        var fields = body.EnumerateObject().ToList();
        var wrapped = fields.Find(field => field.Name.Equals(GatewayOptions.Section, StringComparison.OrdinalIgnoreCase)).Value;
        var isWrapped = wrapped.ValueKind != JsonValueKind.Undefined || isRollback;
        long? version = null;
        foreach (var field in fields)
        {
            if (field.Name == VersionField)
            {
                if (field.Value.ValueKind != JsonValueKind.Number || !field.Value.TryGetInt64(out var number) || number < 0)
                {
                    return Refuse(Refusal.InvalidRequest("'version' must be a whole number, 0 or more.", VersionField, "invalid_type"));
                }

                version = number;
            }
            else if (isWrapped && !Shown.Contains(field.Name) && (isRollback || !field.Name.Equals(GatewayOptions.Section, StringComparison.OrdinalIgnoreCase)))
            {
                return (null, new FaultsResult([$"{field.Name} is not known beside '{VersionField}'{(isRollback ? "" : " and 'gateway'")}."]));
            }
        }

        if (!isRollback && version is not null && ifMatch is not null && version != ifMatch)
        {
            return Refuse(Refusal.InvalidRequest($"'version' is {version}, and If-Match {ifMatch}; they must be the same.", VersionField));
        }

        var section = isWrapped ? wrapped : Without(VersionField, body);
        return (new ConfigRequest(section, isRollback ? version : version ?? ifMatch, ifMatch, isDryRun), null);
    }

    private static JsonElement Without(string name, JsonElement body)
    {
        if (!body.TryGetProperty(name, out _))
        {
            return body;
        }

        using var copy = new MemoryStream();
        using (var json = new Utf8JsonWriter(copy))
        {
            json.WriteStartObject();
            foreach (var field in body.EnumerateObject().Where(field => field.Name != name))
            {
                field.WriteTo(json);
            }

            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(copy.ToArray());
        return document.RootElement.Clone();
    }

    // "3", W/"3", 3; * matches whatever is there.
    private static bool TryReadIfMatch(string header, out long? version)
    {
        version = null;
        if (header is "" or "*")
        {
            return true;
        }

        var text = header.StartsWith("W/", StringComparison.Ordinal) ? header[2..] : header;
        var isNumber = long.TryParse(text.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        version = number;
        return isNumber;
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
}
