using DistNet.Hosting;
using static System.FormattableString;

namespace DistNet.Reporting;

/// <summary>What the trained network does: whom it takes for whom, its most confident mistakes, and what its first layer looks for.</summary>
internal static class NetworkSection
{
    private const int Mistakes = 16;
    private const int Units = 32;

    /// <summary>Along a side: more are not seen at that size.</summary>
    private const int MostPixels = 64;

    /// <summary>Classes that a matrix still shows.</summary>
    private const int MostClasses = 26;

    public static ReportSection? Of(RunMaterial run)
    {
        if (run is not { Exam: { } exam, Model: { } model } || exam.Predictions.Count == 0)
        {
            return null;
        }

        var shape = PictureShape.Of(model.Shape);
        object?[] blocks = [Summary(exam), Confusion(exam, model.ClassNames), MistakesOf(exam, model.ClassNames, shape), shape is { } picture ? FirstLayer(exam, picture) : null];
        return new ReportSection("The network", [.. blocks.OfType<object>()]);
    }

    private static ReportText Summary(NetworkExam exam)
    {
        var part = exam.IsTest ? "the test part" : "the training part, as nothing was held back for testing";
        return new ReportText(Invariant($"The checkpoint at update {exam.Version} classifies {NumberText.Percent(exam.Accuracy)} of {NumberText.Count(exam.Predictions.Count)} samples rightly: {part}."));
    }

    private static HeatMapModel? Confusion(NetworkExam exam, IReadOnlyList<string> names)
    {
        if (names.Count > MostClasses)
        {
            return null;
        }

        var counts = new int[names.Count, names.Count];
        for (var i = 0; i < exam.Predictions.Count; i++)
        {
            counts[exam.Samples.Labels[i], exam.Predictions[i].Class]++;
        }

        return new HeatMapModel("Confusion matrix", "true class", "predicted class", names, names, [.. names.Select((_, row) => RowOf(counts, row, names.Count))]);
    }

    /// <summary>Shades are shares of the row; mistakes, which are rare, by the root, so that they are seen.</summary>
    private static IReadOnlyList<HeatCell> RowOf(int[,] counts, int row, int length)
    {
        var total = Math.Max(1.0, Enumerable.Range(0, length).Sum(column => counts[row, column]));
        return [.. Enumerable.Range(0, length).Select(column => counts[row, column] == 0 ? default
            : column == row ? new HeatCell(counts[row, column] / total, Invariant($"{counts[row, column]}"))
            : new HeatCell(Math.Sqrt(counts[row, column] / total), Invariant($"{counts[row, column]}"), Colour: 5))];
    }

    private static object? MistakesOf(NetworkExam exam, IReadOnlyList<string> names, PictureShape? shape)
    {
        var worst = Enumerable.Range(0, exam.Predictions.Count)
            .Where(i => exam.Predictions[i].Class != exam.Samples.Labels[i])
            .OrderByDescending(i => Confidence(exam.Predictions[i]))
            .ThenBy(i => i)
            .Take(Mistakes)
            .ToArray();
        return worst.Length == 0 ? new ReportText("There is no mistake among them.")
            : shape is { } picture ? new PictureGridModel("Most confident mistakes", [.. worst.Select(i => PictureOf(exam, i, names, picture))])
            : new ReportTable(["sample", "is", "said", "confidence"], [.. worst.Select(i => (IReadOnlyList<ReportCell>)[
                Invariant($"{i}"), names[exam.Samples.Labels[i]], names[exam.Predictions[i].Class], NumberText.Percent(Confidence(exam.Predictions[i]))])])
            {
                Caption = "Most confident mistakes",
                Words = 3,
            };
    }

    private static LabelledPicture PictureOf(NetworkExam exam, int sample, IReadOnlyList<string> names, PictureShape shape) => new(
        PixelColours.Seen(exam.Samples.Row(sample), shape.Width, shape.Height, shape.Channels).Within(MostPixels),
        [$"is {names[exam.Samples.Labels[sample]]}", Invariant($"said {names[exam.Predictions[sample].Class]}, {NumberText.Percent(Confidence(exam.Predictions[sample]))}")]);

    private static float Confidence(Prediction prediction) =>
        prediction.Class < prediction.Probabilities.Count ? prediction.Probabilities[prediction.Class] : prediction.Probabilities[0];

    private static PictureGridModel FirstLayer(NetworkExam exam, PictureShape shape)
    {
        var units = Enumerable.Range(0, exam.Units).Select(unit => (Unit: unit, Weights: WeightsOf(exam, unit)))
            .OrderByDescending(unit => unit.Weights.Sum(weight => (double)weight * weight)).ThenBy(unit => unit.Unit).Take(Units).ToArray();
        var most = units.SelectMany(unit => unit.Weights).Max(Math.Abs);
        return new PictureGridModel(
            Invariant($"Weights of the first layer: {(units.Length < exam.Units ? $"the {units.Length} longest of {exam.Units} units" : "all units")}, {(shape.Channels == 1 ? "red above zero, blue below" : "by channel, grey is zero")}"),
            [.. units.Select(unit => new LabelledPicture(
                (shape.Channels == 1 ? PixelColours.Signed(unit.Weights, shape.Width, shape.Height, most) : PixelColours.Centred(unit.Weights, shape.Width, shape.Height, most)).Within(MostPixels),
                [Invariant($"unit {unit.Unit}")]))])
        {
            Size = 64,
        };
    }

    private static float[] WeightsOf(NetworkExam exam, int unit) =>
        [.. Enumerable.Range(0, exam.Inputs).Select(input => exam.FirstLayer[(input * exam.Units) + unit])];
}
