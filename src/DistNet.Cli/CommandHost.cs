namespace DistNet.Cli;

/// <summary>The surroundings of one start of the command.</summary>
internal sealed record CommandHost
{
    /// <summary>Results.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Progress, notices and errors.</summary>
    public required TextWriter Error { get; init; }

    public required CommandServices Services { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>What was typed after the program's name.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Whether <see cref="Error"/> is a terminal on which a live view can be drawn.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Cancelled by the first Ctrl-C.</summary>
    public CancellationToken Stop { get; init; }

    public bool IsSet(string variable) => Environment.Any(pair => pair.Key == variable && pair.Value.Length > 0);

    /// <summary>Says this line when the first Ctrl-C comes, until it is disposed.</summary>
    public IDisposable SayWhenStopped(string line) => Stop.Register(() => Complain(line));

    /// <summary>One line on stderr.</summary>
    public void Complain(string line) => Error.WriteLine($"distnet: {line}");
}
