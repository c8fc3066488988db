using Mcp.Products.Catalogue.Text;
using Npgsql;

namespace Mcp.Products.Catalogue.Postgres;

/// <summary>Looks a query's words up among a generation's.</summary>
internal static class PostgresWords
{
    private const int ShortestBeginning = 2;
    private const int MostCandidates = 400;
    private const int MostCorrections = 32;

    /// <param name="correctAll">Whether words that are known are corrected too.</param>
    public static async Task<List<PostgresWord>> FindAsync(NpgsqlConnection connection, long generation, IReadOnlyList<QueryWord> query, bool correctAll, CancellationToken cancellationToken)
    {
        var words = new List<PostgresWord>(query.Count);
        foreach (var word in query)
        {
            var known = new List<(string Word, string Written)>();
            if (await WrittenAsync(connection, generation, word.Text, cancellationToken) is { } written)
            {
                known.Add((word.Text, written));
            }

            var begins = word == query[^1] && word.Text.Length >= ShortestBeginning && await BeginsAsync(connection, generation, word.Text, cancellationToken);
            if (correctAll || (known.Count == 0 && !begins))
            {
                known.AddRange(await CorrectAsync(connection, generation, word.Text, cancellationToken));
                if (word.Written != word.Text)
                {
                    // An s that was taken for a plural may be part of the word.
                    known.AddRange(await CorrectAsync(connection, generation, word.Written, cancellationToken));
                }
            }

            words.Add(new PostgresWord(word, known, begins));
        }

        return words;
    }

    private static async Task<string?> WrittenAsync(NpgsqlConnection connection, long generation, string word, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT written FROM catalogue.word_{generation} WHERE word = $1", connection) { Parameters = { new() { Value = word } } };
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }

    // A query's word has letters, digits and points alone: nothing that LIKE would take for a pattern.
    private static async Task<bool> BeginsAsync(NpgsqlConnection connection, long generation, string word, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT EXISTS (SELECT FROM catalogue.word_{generation} WHERE word LIKE $1)", connection) { Parameters = { new() { Value = word + "%" } } };
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<IEnumerable<(string Word, string Written)>> CorrectAsync(NpgsqlConnection connection, long generation, string word, CancellationToken cancellationToken)
    {
        var tolerance = Spelling.Tolerance(word.Length);
        if (tolerance == 0)
        {
            return [];
        }

        var near = new List<(string Word, string Written, int Distance)>();
        await using var command = new NpgsqlCommand(
            $"SELECT word, written FROM catalogue.word_{generation} WHERE word % $1 AND length(word) BETWEEN $2 AND $3 ORDER BY similarity(word, $1) DESC, products DESC LIMIT {MostCandidates}", connection)
        {
            Parameters = { new() { Value = word }, new() { Value = word.Length - tolerance }, new() { Value = word.Length + tolerance } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var candidate = reader.GetString(0);
            if (Spelling.Distance(word, candidate, tolerance) is var distance && distance > 0 && distance <= tolerance)
            {
                near.Add((candidate, reader.GetString(1), distance));
            }
        }

        return near.OrderBy(one => one.Distance).Take(MostCorrections).Select(one => (one.Word, one.Written));
    }
}
