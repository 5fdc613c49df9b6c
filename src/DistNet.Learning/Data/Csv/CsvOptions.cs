namespace DistNet.Learning;

/// <summary>How a table is read.</summary>
/// <param name="Label">Name or index (from 0) of the column that holds the class; null: the last one.</param>
/// <param name="Header">Whether the first line names the columns; null: it does when a cell of a feature is not a number,
/// or when its class is not a number while the next line's is. A class alone may be a word in a line of data.</param>
/// <param name="ClassNames">The classes, in order, where they are known (such as those of the training data); null: found
/// in the data.</param>
/// <param name="HasLabel">False for a table of features only, to predict their classes: every label is then 0.</param>
public sealed record CsvOptions(
    string? Label = null,
    bool? Header = null,
    IReadOnlyList<string>? ClassNames = null,
    bool HasLabel = true);
