using System.Text;

namespace Gateway.Tests.Requirements;

/// <summary>Writes <c>docs/requirements.md</c>: which tests prove which requirement.</summary>
internal static class RequirementsPage
{
    private const string None = "—";

    public static string Write(IReadOnlyList<Requirement> requirements, IReadOnlyList<Proof> proofs)
    {
        var tests = proofs.ToLookup(proof => proof.Id, proof => proof.Test);
        var page = new StringBuilder();
        page.Append("# Requirements and their tests\n\n");
        page.Append("This file is generated from the tests that name a requirement, as in `[Trait(\"Requirement\", \"B6.1\")]`, and from\n");
        page.Append("`Gateway.Tests/Requirements/requirements.tsv`. A test keeps it up to date; `UPDATE_DOCS=1 ./test` writes it anew.\n\n");
        page.Append("| id | requirement | tests |\n|---|---|---|\n");
        foreach (var (id, text) in requirements)
        {
            var names = tests[id].Order(StringComparer.Ordinal).Select(test => $"`{test}`").DefaultIfEmpty(None);
            page.Append($"| {id} | {text} | {string.Join("<br>", names)} |\n");
        }

        return page.ToString();
    }
}
