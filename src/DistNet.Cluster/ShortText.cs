namespace DistNet.Cluster;

/// <summary>What people say is wrong, in messages that must not become long.</summary>
internal static class ShortText
{
    public const int MostCharacters = 1000;

    private const string Cut = " ...";

    /// <summary>The text, or as much of its beginning as there is room for.</summary>
    public static string Of(string text)
    {
        if (text.Length <= MostCharacters)
        {
            return text;
        }

        var end = MostCharacters - Cut.Length;

        // Half of a character is none.
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + Cut;
    }
}
