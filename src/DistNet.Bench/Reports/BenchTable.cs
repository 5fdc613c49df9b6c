using System.Globalization;
using Spectre.Console;

namespace DistNet.Bench;

/// <summary>How reports for people are drawn.</summary>
public static class BenchTable
{
    /// <summary>A file or pipe has no width; tables are at most this wide.</summary>
    private const int Width = 120;

    /// <summary>A table whose first columns are words, the others figures.</summary>
    /// <param name="words">Number of columns of words.</param>
    /// <param name="columns">Their titles.</param>
    public static Table Of(int words, params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        for (var i = 0; i < columns.Length; i++)
        {
            var column = new TableColumn(Markup.Escape(columns[i])).NoWrap();
            table.AddColumn(i < words ? column : column.RightAligned());
        }

        return table;
    }

    public static Table With(this Table table, params string[] cells) => table.AddRow([.. cells.Select(Markup.Escape)]);

    public static void Write(TextWriter writer, Table table)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = Math.Max(console.Profile.Width, Width);
        console.Write(table);
    }

    /// <summary>Where, and how it was measured: the head of every report.</summary>
    public static void WriteHead(TextWriter writer, MachineReport machine, MeasureOptions measure)
    {
        writer.WriteLine(Text($"{machine.Processor}, {machine.Processors} processors; {machine.System}; {machine.Runtime}"));
        writer.WriteLine(Text($"instruction sets {string.Join(", ", machine.InstructionSets)}; kernel {machine.Kernel}"));
        writer.WriteLine(Text($"medians of {measure.Rounds} rounds in which the sides take turns of {measure.SecondsPerTurn * 1000:0} ms; in brackets the spread"));
    }

    /// <summary>The machine's limits.</summary>
    public static void WritePeaks(TextWriter writer, IEnumerable<PeakReport> peaks)
    {
        var table = Of(1, "threads", "instruction set", "GFLOP/s", "memory GB/s");
        foreach (var peak in peaks)
        {
            foreach (var loop in peak.Loops)
            {
                var memory = loop == peak.Loops[0] ? Billions(peak.MemoryBytesPerSecond) : "";
                table.With(Text($"{peak.Threads}"), loop.InstructionSet, Billions(loop.FlopsPerSecond), memory);
            }
        }

        Write(writer, table);
    }

    public static string Billions(Spread value) => Text($"{value.Median / 1e9:0.0}");

    public static string Percent(double share) => Text($"{100 * share:0} %");

    /// <summary>A ratio with its spread.</summary>
    public static string Ratio(Spread value) => Text($"{value.Median:0.00} ({value.Min:0.00}..{value.Max:0.00})");

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
