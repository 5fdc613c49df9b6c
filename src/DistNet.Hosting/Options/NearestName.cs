namespace DistNet.Hosting;

/// <summary>Suggests what was probably meant by a name that does not exist.</summary>
public static class NearestName
{
    /// <summary>The name with the fewest edits from <paramref name="text"/>; null where even that is another word.</summary>
    public static string? Find(string text, IEnumerable<string> names)
    {
        var nearest = names.Select(name => (name, edits: Edits(text, name))).OrderBy(pair => pair.edits).FirstOrDefault();
        return nearest.name is not null && nearest.edits <= Math.Max(2, nearest.name.Length / 2) ? nearest.name : null;
    }

    /// <summary>"; did you mean NAME?", or nothing where no name is near.</summary>
    public static string Hint(string text, IEnumerable<string> names) =>
        Find(text, names) is { } name ? $"; did you mean {name}?" : "";

    /// <summary>Levenshtein's distance: insertions, deletions and replacements, letter case ignored.</summary>
    private static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
