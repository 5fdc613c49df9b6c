namespace DistNet.Reporting;

/// <summary>The latest lines worth reading, newest first. Not for several threads.</summary>
internal sealed class NoticeBook
{
    private const int Kept = 40;
    private const int Longest = 400;

    private readonly LinkedList<NoticeView> _lines = new();

    public void Add(DateTimeOffset time, string line)
    {
        _lines.AddFirst(new NoticeView(time, line.Length > Longest ? line[..Longest] + " …" : line));
        if (_lines.Count > Kept)
        {
            _lines.RemoveLast();
        }
    }

    public IReadOnlyList<NoticeView> View() => [.. _lines];
}

/// <param name="Time">When it was told.</param>
/// <param name="Line">What.</param>
internal sealed record NoticeView(DateTimeOffset Time, string Line);
