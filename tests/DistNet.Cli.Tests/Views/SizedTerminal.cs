using System.Text;
using Spectre.Console;

namespace DistNet.Cli.Tests;

/// <summary>A terminal that obeys, of a size that a test may change.</summary>
internal sealed class SizedTerminal : IAnsiConsoleOutput
{
    private readonly StringWriter _text = new();

    public SizedTerminal(int width, int height)
    {
        (Width, Height) = (width, height);
        Console = AnsiConsole.Create(new AnsiConsoleSettings { Out = this, Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.Standard });
    }

    public IAnsiConsole Console { get; }

    public TextWriter Writer => _text;

    public bool IsTerminal => true;

    public int Width { get; set; }

    public int Height { get; set; }

    /// <summary>What was written since the last call.</summary>
    public string Taken()
    {
        var taken = _text.ToString();
        _text.GetStringBuilder().Clear();
        return taken;
    }

    public void SetEncoding(Encoding encoding)
    {
    }
}
