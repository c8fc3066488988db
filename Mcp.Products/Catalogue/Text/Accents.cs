namespace Mcp.Products.Catalogue.Text;

/// <summary>Takes the accents off Latin letters, so that cafe finds café.</summary>
internal static class Accents
{
    private const char First = '\u00C0';
    private const string Letters =
        "aaaaaaaceeeeiiiidnooooo×ouuuuytsaaaaaaaceeeeiiiidnooooo÷ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggg" +
        "gggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

    public static char Fold(char letter) => letter >= First && letter < First + Letters.Length ? Letters[letter - First] : letter;
}
