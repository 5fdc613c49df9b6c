namespace DistNet.Reporting;

/// <summary>Style sheets, and other text of pages, within the assembly.</summary>
internal static class StyleSheet
{
    /// <param name="name">Its logical name among the resources.</param>
    public static string Read(string name)
    {
        using var reader = new StreamReader(typeof(StyleSheet).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
