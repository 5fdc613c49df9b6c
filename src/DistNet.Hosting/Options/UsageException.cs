namespace DistNet.Hosting;

/// <summary>
/// Wrong usage: an option, a file or data that the caller can put right. Carries every mistake found, one clear line
/// each, that names the option or file and says what would be right.
/// </summary>
public sealed class UsageException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public UsageException(string problem)
        : this([problem])
    {
    }

    public IReadOnlyList<string> Problems { get; } = problems;
}
