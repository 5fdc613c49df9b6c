using System.Globalization;

namespace DistNet.Learning.Tests;

/// <summary>Every optimiser against PyTorch's weights; optimizer_table.py wrote the table.</summary>
public sealed class OptimizerTableTests
{
    /// <summary>Float rounding over 12 steps; the two sides round in different orders.</summary>
    private const float Tolerance = 2e-6f;

    public static TheoryData<int> Cases => [.. Table.Value.Select(row => row.Case).Distinct()];

    private static Lazy<IReadOnlyList<Row>> Table { get; } = new(Read);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Apply_gives_the_weights_of_pytorch_at_every_step(int number)
    {
        var rows = Table.Value.Where(row => row.Case == number).GroupBy(row => row.Step).OrderBy(step => step.Key).ToList();
        rows.Count.ShouldBe(13);
        var weights = rows[0].Select(row => row.Weight).ToArray();
        var first = rows[0].First();
        var optimizer = Optimizer.Create(first.Spec);
        var slots = Enumerable.Range(0, 2).Select(i => new float[i < optimizer.SlotCount ? weights.Length : 0]).ToArray();
        foreach (var step in rows.Skip(1))
        {
            var gradient = step.Select(row => row.Gradient).ToArray();
            optimizer.Apply(weights, gradient, weights, slots[0], slots[1], new(first.Rate, step.Key, first.Decay));
            foreach (var row in step)
            {
                weights[row.Coordinate].ShouldBe(row.Weight, Tolerance, $"{first.Spec} step {step.Key} coordinate {row.Coordinate}");
            }
        }
    }

    [Fact]
    public void Table_has_two_settings_of_every_optimiser()
    {
        var kinds = Table.Value.DistinctBy(row => row.Case).CountBy(row => row.Spec.Kind).ToDictionary();
        kinds.Keys.ShouldBe(Enum.GetValues<OptimizerKind>(), ignoreOrder: true);
        kinds.Values.ShouldAllBe(count => count == 2);
    }

    private static List<Row> Read()
    {
        using var reader = new StreamReader(typeof(OptimizerTableTests).Assembly.GetManifestResourceStream("optimizer_table.csv")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(Parse)];
    }

    private static Row Parse(string line)
    {
        var cells = line.Split(',');
        var n = cells.Select(cell => double.TryParse(cell, CultureInfo.InvariantCulture, out var value) ? value : double.NaN).ToArray();
        var spec = new OptimizerSpec(Enum.Parse<OptimizerKind>(cells[1]), n[3], n[4], n[5], n[6]);
        return new Row((int)n[0], spec, (float)n[2], (float)n[7], (int)n[8], (int)n[9], (float)n[10], (float)n[11]);
    }

    private sealed record Row(
        int Case, OptimizerSpec Spec, float Rate, float Decay, int Step, int Coordinate, float Gradient, float Weight);
}
