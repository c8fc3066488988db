using System.Text.Json.Nodes;
using Local.Model.Prompts;
using Local.Model.Tokens;

namespace Local.Model.Schemas;

/// <summary>
/// Makes a value that fits a JSON schema, filled from a prompt where it can be. Every candidate is checked against its
/// schema before it is taken, so what comes out fits wherever one of the candidates does.
/// </summary>
internal sealed class SchemaInstance(JsonNode root, PromptFacts facts)
{
    private const int Deep = 5;
    private const int TooDeep = 24;

    public static JsonNode? Make(JsonNode schema, PromptFacts facts) => new SchemaInstance(schema, facts).Make(schema, "", 0, isRequired: true).Value;

    private Proposal Make(JsonNode? schema, string name, int depth, bool isRequired, int variation = 0)
    {
        if (schema is not JsonObject given || depth > TooDeep)
        {
            return new Proposal(schema is JsonValue flag && !flag.IsTrue() ? null : facts.Topic, false);
        }

        var rules = SchemaReference.Fold(given, root);
        if (rules.ContainsKey("const"))
        {
            return new Proposal(rules["const"]?.DeepClone(), false);
        }

        if (rules["enum"] is JsonArray options)
        {
            return OneOf(options, rules, variation);
        }

        if ((rules["anyOf"] ?? rules["oneOf"]) is JsonArray branches)
        {
            return Branch(rules, branches, name, depth, isRequired, variation);
        }

        if (rules["type"] is JsonArray types)
        {
            return Branch(rules, new JsonArray([.. types.Select(type => new JsonObject { ["type"] = type?.DeepClone() })]), name, depth, isRequired, variation);
        }

        return TypeOf(rules) switch
        {
            "object" => Object(rules, depth),
            "array" => Array(rules, name, depth),
            "integer" => Number(rules, name, isRequired, variation, isInteger: true),
            "number" => Number(rules, name, isRequired, variation, isInteger: false),
            "boolean" => Flag(rules, name),
            "null" => new Proposal(null, false),
            _ => Text(rules, name, variation),
        };
    }

    private static string TypeOf(JsonObject rules) => (string?)rules["type"]
        ?? (rules["properties"] is not null || rules["required"] is not null || rules["additionalProperties"] is not null ? "object"
            : rules["items"] is not null || rules["prefixItems"] is not null || rules["minItems"] is not null ? "array"
            : rules["minimum"] is not null || rules["maximum"] is not null || rules["multipleOf"] is not null ? "number"
            : "string");

    private Proposal OneOf(JsonArray options, JsonObject rules, int variation)
    {
        var allowed = options.Where(option => SchemaCheck.Fits(option, rules, root)).ToList();
        if (allowed.FirstOrDefault(option => option is JsonValue value && value.TryGetValue(out string? text) && IsMentioned(text)) is { } mentioned && variation == 0)
        {
            return new Proposal(mentioned.DeepClone(), true);
        }

        var usual = variation == 0 ? allowed.Find(option => rules["default"] is { } value && JsonNode.DeepEquals(option, value)) : null;
        return new Proposal((usual ?? (allowed.Count == 0 ? null : allowed[variation % allowed.Count]))?.DeepClone(), false);
    }

    private bool IsMentioned(string text) => Words.In(text.Replace('_', ' ')).ToList() is { Count: > 0 } words && words.All(word => facts.Stems.Contains(Words.Stem(word)));

    /// <summary>The first branch that fits and that the prompt speaks for; else null where allowed; else the first that fits.</summary>
    private Proposal Branch(JsonObject rules, JsonArray branches, string name, int depth, bool isRequired, int variation)
    {
        var fitting = new List<Proposal>();
        foreach (var branch in depth >= Deep ? branches.OrderBy(Weight) : branches.AsEnumerable())
        {
            var merged = (JsonObject)rules.DeepClone();
            merged.Remove(rules["anyOf"] is not null ? "anyOf" : "oneOf");
            if (rules["type"] is JsonArray)
            {
                merged.Remove("type");
            }

            if (branch is JsonObject more)
            {
                SchemaReference.Merge(merged, SchemaReference.Fold(more, root));
            }

            var proposal = Make(merged, name, depth + 1, isRequired, variation);
            if (SchemaCheck.Fits(proposal.Value, rules, root))
            {
                if (proposal.IsGrounded || depth >= Deep)
                {
                    return proposal;
                }

                fitting.Add(proposal);
            }
        }

        var empty = fitting.FindIndex(proposal => proposal.Value is null);
        return fitting.Count == 0 ? new Proposal(null, false) : fitting[Math.Max(0, empty)];
    }

    // Where a schema contains itself, the lightest branch ends the descent.
    private int Weight(JsonNode? branch) => branch is JsonObject rules
        ? TypeOf(SchemaReference.Fold(rules, root)) switch { "null" => 0, "object" => 3, "array" => 2, _ => 1 }
        : 0;

    private Proposal Object(JsonObject rules, int depth)
    {
        var made = new JsonObject();
        var required = (rules["required"] as JsonArray ?? []).Select(item => (string?)item ?? "").ToHashSet(StringComparer.Ordinal);
        var isGrounded = false;
        foreach (var (name, schema) in rules["properties"] as JsonObject ?? [])
        {
            var isRequired = required.Remove(name);
            if (!isRequired && depth >= Deep)
            {
                continue;
            }

            var proposal = Make(schema, name, depth + 1, isRequired);
            if (isRequired || (proposal.IsGrounded && SchemaCheck.Fits(proposal.Value, schema, root)))
            {
                made[name] = proposal.Value;
                isGrounded |= proposal.IsGrounded;
            }
        }

        foreach (var name in required)
        {
            made[name] = Make(rules["additionalProperties"] ?? new JsonObject { ["type"] = "string" }, name, depth + 1, isRequired: true).Value;
        }

        AddUntilEnough(made, rules, depth);
        return new Proposal(made, isGrounded);
    }

    private void AddUntilEnough(JsonObject made, JsonObject rules, int depth)
    {
        var least = rules["minProperties"].AsNumber() ?? 0;
        foreach (var (name, schema) in rules["properties"] as JsonObject ?? [])
        {
            if (made.Count < least && !made.ContainsKey(name))
            {
                made[name] = Make(schema, name, depth + 1, isRequired: true).Value;
            }
        }

        for (var index = 1; made.Count < Math.Min(least, 100); index++)
        {
            made[$"key_{index}"] = Make(rules["additionalProperties"], "", depth + 1, isRequired: true).Value;
        }
    }

    private Proposal Array(JsonObject rules, string name, int depth)
    {
        var made = new JsonArray();
        var prefix = rules["prefixItems"] as JsonArray ?? rules["items"] as JsonArray ?? [];
        foreach (var schema in prefix)
        {
            made.Add(Make(schema, name, depth + 1, isRequired: true).Value);
        }

        var items = rules["items"] as JsonObject;
        var least = (int)Math.Min(rules["minItems"].AsNumber() ?? 0, 1000);
        var most = (int)Math.Min(rules["maxItems"].AsNumber() ?? int.MaxValue, int.MaxValue);
        var mentioned = items is null ? [] : ListGuess.Mentioned(name, SchemaReference.Fold(items, root), facts).Where(value => SchemaCheck.Fits(value, items, root)).ToList();
        foreach (var value in mentioned.Take(Math.Max(0, most - made.Count)))
        {
            made.Add(value);
        }

        var isGrounded = mentioned.Count > 0;
        if (!isGrounded && least == 0 && most > made.Count && items is not null && depth < Deep)
        {
            // One, so that a list of answers is not empty; left out where it turns out to fit nothing.
            var one = Make(items, name, depth + 1, isRequired: false);
            isGrounded = one.IsGrounded;
            if (SchemaCheck.Fits(one.Value, items, root))
            {
                made.Add(one.Value);
            }
        }

        for (var variation = made.Count; made.Count < least && variation < least + 1000; variation++)
        {
            var value = Make(items, name, depth + 1, isRequired: true, variation).Value;
            if (!rules["uniqueItems"].IsTrue() || !made.Any(other => JsonNode.DeepEquals(other, value)))
            {
                made.Add(value);
            }
        }

        return new Proposal(made, isGrounded);
    }

    private Proposal Number(JsonObject rules, string name, bool isRequired, int variation, bool isInteger)
    {
        if (variation == 0 && NumberGuess.Grounded(name, rules, facts, isRequired) is { } grounded && Fit(grounded) is { } value)
        {
            return new Proposal(value, true);
        }

        return new Proposal(NumberGuess.Allowed(rules, variation).Select(Fit).FirstOrDefault(candidate => candidate is not null) ?? JsonValue.Create(0), false);

        JsonNode? Fit(decimal number)
        {
            var node = number == Math.Floor(number) && Math.Abs(number) < long.MaxValue ? JsonValue.Create((long)number) : isInteger ? null : (JsonNode)JsonValue.Create(number);
            return node is not null && SchemaCheck.Fits(node, rules, root) ? node : null;
        }
    }

    private Proposal Flag(JsonObject rules, string name)
    {
        var words = FieldName.Words(name).Where(word => !Words.IsStop(word)).Select(Words.Stem).ToList();
        var isMentioned = words.Exists(facts.Stems.Contains) || (words.Contains("available") && facts.Stems.Contains("stock"));
        var isDenied = isMentioned && (facts.Stems.Contains("not") || facts.Stems.Contains("without") || facts.Stems.Contains("no"));
        return new Proposal(isMentioned ? !isDenied : rules["default"].IsTrue(), isMentioned);
    }

    private Proposal Text(JsonObject rules, string name, int variation)
    {
        foreach (var (text, isGrounded) in TextGuess.For(name, rules, facts))
        {
            JsonNode candidate = Sized(variation == 0 ? text : $"{text} {variation + 1}", rules);
            if (SchemaCheck.Fits(candidate, rules, root))
            {
                return new Proposal(candidate, isGrounded);
            }
        }

        return new Proposal(Sized("simulated", rules), false);
    }

    private static string Sized(string text, JsonObject rules)
    {
        var most = (int)Math.Min(rules["maxLength"].AsNumber() ?? int.MaxValue, int.MaxValue);
        var least = (int)Math.Min(rules["minLength"].AsNumber() ?? 0, 100_000);
        var cut = text.Length > most ? text[..most].TrimEnd() : text;
        return cut.Length < least ? cut.PadRight(Math.Min(least, most), '.') : cut;
    }
}
