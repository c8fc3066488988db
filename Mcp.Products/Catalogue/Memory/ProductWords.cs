using System.Runtime.InteropServices;
using Mcp.Products.Catalogue.Text;

namespace Mcp.Products.Catalogue.Memory;

/// <summary>
/// Weighs each product's words as BM25F does: how often and where they stand, in fields of their usual lengths. With those fixed, and not
/// worked out from the catalogue, a product's words are weighed once, as it comes.
/// </summary>
internal sealed class ProductWords
{
    private const float Saturation = 1.2f;
    private const float LengthShare = 0.75f;

    private readonly TermsBuilder _terms = new();
    private readonly PostingsBuilder _postings = new();
    private readonly List<int> _ofField = [];
    private readonly List<int> _ofProduct = [];
    private readonly List<float> _weights = [];

    public void Add(Product product)
    {
        SearchedText.Visit(product, this, static (words, field, text) => words.Add(field, text));
        foreach (var term in _ofProduct)
        {
            ref var weight = ref CollectionsMarshal.AsSpan(_weights)[term];
            _postings.Add(term, (byte)Math.Max(1, Postings.FullImpact * weight / (Saturation + weight)));
            weight = 0;
        }

        _ofProduct.Clear();
        _postings.EndProduct();
    }

    public (Terms Terms, Postings Postings) Build()
    {
        var (terms, order) = _terms.Build();
        return (terms, _postings.Build(order));
    }

    private void Add(Field field, string text)
    {
        _ofField.Clear();
        var reader = new WordReader(text, stackalloc char[WordReader.BufferLength], joins: true);
        while (reader.MoveNext())
        {
            var term = _terms.NumberOf(reader.Current, reader.Written);
            _ofField.Add(term);
            if (term == _weights.Count)
            {
                _weights.Add(0);
            }
        }

        var share = field.Weight / (1 - LengthShare + (LengthShare * _ofField.Count / field.UsualLength));
        var weights = CollectionsMarshal.AsSpan(_weights);
        foreach (var term in _ofField)
        {
            if (weights[term] == 0)
            {
                _ofProduct.Add(term);
            }

            weights[term] += share;
        }
    }
}
