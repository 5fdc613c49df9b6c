using DistNet.Learning;

namespace DistNet.Hosting;

/// <summary>The end of a message about a name that does not exist.</summary>
public static class NameHint
{
    /// <summary>"; did you mean NAME?", or nothing where no known name is near.</summary>
    public static string For(string text, IEnumerable<string> known) =>
        NearestName.Of(text, known) is { } name ? $"; did you mean {name}?" : "";
}
