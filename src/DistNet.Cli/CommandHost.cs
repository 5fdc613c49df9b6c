namespace DistNet.Cli;

/// <summary>The surroundings of one start of the command.</summary>
internal sealed record CommandHost
{
    private readonly HashSet<string> _commandKeptIn = [];
    private Action<string>? _aboveView;

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

    /// <summary>Whether a live view is wanted there: it is a terminal that obeys, and nobody has asked for plain lines (no-color.org).</summary>
    public bool CanDraw => IsTerminal && !IsSet("NO_COLOR") && !Environment.Contains(KeyValuePair.Create("TERM", "dumb"));

    /// <summary>Cancelled by the first Ctrl-C.</summary>
    public CancellationToken Stop { get; init; }

    public bool IsSet(string variable) => Environment.Any(pair => pair.Key == variable && pair.Value.Length > 0);

    /// <summary>Whether this command has not yet been kept in that folder; it is then taken as kept.</summary>
    public bool KeepsCommandIn(string folder) => _commandKeptIn.Add(Path.GetFullPath(folder));

    /// <summary>Says this line when the first Ctrl-C comes, until it is disposed.</summary>
    public IDisposable SayWhenStopped(string line) => Stop.Register(() => Complain(line));

    /// <summary>One line on stderr, or above the live view that is drawn there.</summary>
    public void Complain(string line) => (_aboveView ?? Error.WriteLine)($"distnet: {line}");

    /// <summary>Draws a view on stderr until the work is done, and meanwhile puts above it what else is said there.</summary>
    public async Task<T> DrawAsync<T>(ILiveView view, Func<Task<T>> work)
    {
        _aboveView = view.Lines.Say;
        try
        {
            return await LiveScreen.On(Error, view).RunAsync(work);
        }
        finally
        {
            _aboveView = null;
        }
    }
}
