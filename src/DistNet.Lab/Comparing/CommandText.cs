using DistNet.Hosting;

namespace DistNet.Lab;

/// <summary>The command line that asks for given options.</summary>
public static class CommandText
{
    /// <summary>The verb with every option that belongs to the run and is not the default. The preset is left out: what it set is named.</summary>
    public static string Of(string verb, TrainingOptions options)
    {
        var standard = new TrainingOptions();
        var given = OptionTable.Entries
            .Where(entry => entry.Scope == OptionScope.Run && entry.Name != "preset")
            .Select(entry => (entry, Text: entry.TextIn(options)))
            .Where(option => option.Text.Length > 0 && option.Text != option.entry.TextIn(standard))
            .Select(option => $"--{option.entry.Name} {Quoted(option.Text)}");
        return string.Join(' ', given.Prepend($"distnet {verb}"));
    }

    /// <summary>As a POSIX shell takes it.</summary>
    public static string Quoted(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || "-_.,:/+=@%".Contains(c)) ? text : $"'{text.Replace("'", "'\\''")}'";
}
