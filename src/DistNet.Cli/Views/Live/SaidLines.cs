namespace DistNet.Cli;

/// <summary>Lines that are said while a view is drawn. Safe for several threads.</summary>
internal sealed class SaidLines
{
    private readonly Lock _lock = new();
    private List<string> _lines = [];

    public void Say(string line)
    {
        lock (_lock)
        {
            _lines.Add(line);
        }
    }

    /// <summary>Those said since the last call.</summary>
    public IReadOnlyList<string> Take()
    {
        lock (_lock)
        {
            var taken = _lines;
            _lines = [];
            return taken;
        }
    }
}
