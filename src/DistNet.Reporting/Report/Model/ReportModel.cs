namespace DistNet.Reporting;

/// <summary>A report, before it is a page: what it asks, what it found, and sections of blocks.</summary>
/// <param name="Title">In a few words.</param>
/// <param name="Question">What the run or the comparison was for.</param>
/// <param name="Answer">What it came to, in a sentence or two.</param>
/// <param name="Figures">The few figures that everybody looks for.</param>
/// <param name="Sections">From the most asked for to the least.</param>
public sealed record ReportModel(
    string Title, string Question, string Answer, IReadOnlyList<ReportFact> Figures, IReadOnlyList<ReportSection> Sections);

/// <summary>A part of a report.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Blocks">Texts, facts, tables and models of charts, in their order.</param>
public sealed record ReportSection(string Title, IReadOnlyList<object> Blocks);

/// <summary>A paragraph.</summary>
/// <param name="Text">Plain text.</param>
public sealed record ReportText(string Text);

/// <summary>A line as it is typed.</summary>
/// <param name="Text">The line.</param>
public sealed record ReportCode(string Text);

/// <summary>Names and what they stand for.</summary>
/// <param name="Rows">In their order.</param>
public sealed record ReportFacts(IReadOnlyList<ReportFact> Rows)
{
    /// <summary>Values are long: a row for each.</summary>
    public bool AreLong { get; init; }
}

/// <param name="Name">What it is.</param>
/// <param name="Value">Its value, with its unit.</param>
public readonly record struct ReportFact(string Name, string Value);

/// <summary>A table.</summary>
/// <param name="Columns">Headings; the first column names the rows.</param>
/// <param name="Rows">Cells of each row, as many as there are columns.</param>
public sealed record ReportTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<ReportCell>> Rows)
{
    /// <summary>Above it; empty: nothing.</summary>
    public string Caption { get; init; } = "";

    /// <summary>Columns from the left that hold words.</summary>
    public int Words { get; init; } = 1;
}

/// <param name="Text">What is in it.</param>
public sealed record ReportCell(string Text)
{
    /// <summary>The best of its column, or the answer.</summary>
    public bool IsBest { get; init; }

    /// <summary>Set like code.</summary>
    public bool IsCode { get; init; }

    /// <summary>A file beside the report; null: none.</summary>
    public string? Link { get; init; }

    public static implicit operator ReportCell(string text) => new(text);
}
