using System.Text;
using Spectre.Console;
using Spectre.Console.Advanced;
using Spectre.Console.Rendering;

namespace DistNet.Cli;

/// <summary>
/// Draws a view a few times a second while work goes on, always at the end of what was written: said lines scroll away above it. Spectre.Console renders
/// the picture; its own live display counts on a terminal that never changes its size. Here everything is drawn anew on a cleared screen then, because
/// what was drawn has been broken into other rows.
/// </summary>
/// <param name="console">The terminal.</param>
/// <param name="view">What is drawn.</param>
internal sealed class LiveScreen(IAnsiConsole console, ILiveView view)
{
    private const int LinesKept = 8;
    private const string EraseRow = "\e[K";
    private const string EraseBelow = "\e[J";
    private const string EraseScreen = "\e[2J\e[H";
    private static readonly TimeSpan RedrawEvery = TimeSpan.FromMilliseconds(150);

    private readonly Queue<string> _kept = [];
    private (int Width, int Height) _size = (console.Profile.Width, console.Profile.Height);
    private int _rows;

    public static LiveScreen On(TextWriter writer, ILiveView view) =>
        new(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) }), view);

    /// <param name="work">Started on another thread.</param>
    public async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        var working = Task.Run(work);
        while (!working.IsCompleted)
        {
            Draw();
            await Task.WhenAny(working, Task.Delay(RedrawEvery));
        }

        Draw();
        Write(new StringBuilder().Append('\n'));
        return await working;
    }

    internal void Draw()
    {
        var size = (console.Profile.Width, console.Profile.Height);
        var text = new StringBuilder();
        if (size == _size)
        {
            text.Append(_rows > 1 ? $"\r\e[{_rows - 1}A" : "\r");
            Say(text, Kept(view.Lines.Take()));
        }
        else
        {
            _size = size;
            text.Append(EraseScreen);
            _ = Kept(view.Lines.Take());
            Say(text, _kept);
        }

        DrawFrame(text);
        Write(text);
    }

    /// <summary>One row of the terminal stays free, so that the picture never scrolls by itself.</summary>
    private void DrawFrame(StringBuilder text)
    {
        var frame = RowsOf(view.Draw(_size.Width, Math.Max(1, _size.Height - 1)));
        text.AppendJoin('\n', frame).Append(EraseBelow);
        _rows = frame.Length;
    }

    /// <summary>Broken between words.</summary>
    private void Say(StringBuilder text, IEnumerable<string> lines)
    {
        foreach (var row in lines.SelectMany(line => RowsOf(new Text(line))))
        {
            text.Append(row).Append('\n');
        }
    }

    private string[] RowsOf(IRenderable picture) => [.. console.ToAnsi(picture).TrimEnd('\n').Split('\n').Select(row => row.TrimEnd('\r') + EraseRow)];

    private IReadOnlyList<string> Kept(IReadOnlyList<string> lines)
    {
        foreach (var line in lines.TakeLast(LinesKept))
        {
            _kept.Enqueue(line);
            if (_kept.Count > LinesKept)
            {
                _kept.Dequeue();
            }
        }

        return lines;
    }

    private void Write(StringBuilder text)
    {
        console.Profile.Out.Writer.Write(text);
        console.Profile.Out.Writer.Flush();
    }
}
