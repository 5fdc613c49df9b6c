namespace DistNet.Learning;

/// <summary>Data cannot be read. The message is one line that names the file, what is wrong, and what would be right.</summary>
public sealed class DataFormatException(string source, FormattableString problem, Exception? inner = null)
    : Exception($"{source}: {FormattableString.Invariant(problem)}", inner);
