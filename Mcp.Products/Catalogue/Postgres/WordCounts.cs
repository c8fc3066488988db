using System.Globalization;
using System.Text;
using Mcp.Products.Catalogue.Text;

namespace Mcp.Products.Catalogue.Postgres;

/// <summary>Makes the text-search vectors of products, and counts in how many products each word is.</summary>
internal sealed class WordCounts
{
    // What a vector can hold.
    private const int LastPosition = 16383;
    private const int MostPositions = 250;

    private readonly Dictionary<string, (string Written, int Products)> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _ofProduct = new(StringComparer.Ordinal);
    private int _position;

    public IEnumerable<(string Word, string Written, int Products)> Words => _words.Select(pair => (pair.Key, pair.Value.Written, pair.Value.Products));

    /// <summary><c>'wireless':3A,17C 'keyboard':4A</c></summary>
    public string VectorOf(Product product)
    {
        _ofProduct.Clear();
        _position = 0;
        SearchedText.Visit(product, this, static (words, field, text) => words.Add(field, text));
        var vector = new StringBuilder();
        foreach (var (word, places) in _ofProduct)
        {
            vector.Append(CultureInfo.InvariantCulture, $"'{word}':{string.Join(',', places)} ");
        }

        return vector.ToString();
    }

    private void Add(Field field, string text)
    {
        var weight = field == Field.Title ? 'A' : field == Field.Brand || field == Field.Category || field == Field.Tags ? 'B' : field == Field.Values ? 'C' : 'D';
        var reader = new WordReader(text, stackalloc char[WordReader.BufferLength], joins: true);
        while (reader.MoveNext())
        {
            var word = reader.Current.ToString();
            _position = Math.Min(_position + 1, LastPosition);
            if (!_ofProduct.TryGetValue(word, out var places))
            {
                _ofProduct.Add(word, places = []);
                var (written, products) = _words.GetValueOrDefault(word, (reader.Written.ToString(), 0));
                _words[word] = (written, products + 1);
            }

            if (places.Count < MostPositions)
            {
                places.Add(string.Create(CultureInfo.InvariantCulture, $"{_position}{weight}"));
            }
        }
    }
}
