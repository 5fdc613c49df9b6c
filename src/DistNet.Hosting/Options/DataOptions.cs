using DistNet.Learning;
using static DistNet.Hosting.OptionTypes;

namespace DistNet.Hosting;

internal static class DataOptions
{
    private static readonly OptionType<ScalingKind> ScalingType = Choice(
        ("none", ScalingKind.None), ("unit", ScalingKind.Unit), ("standard", ScalingKind.Standard));

    public static IEnumerable<OptionEntry> Entries =>
    [
        OptionEntry.Of("preset", Text.OrNone().As("NAME"), "Start from the settings of a known system; other options override them", o => o.Preset, (o, v) => o with { Preset = v }) with { Suggestions = [.. Presets.All.Select(preset => preset.Name)] },
        OptionEntry.Of("data", Text.As("SOURCE"), DataSource.Forms, o => o.Data, (o, v) => o with { Data = v }) with { Suggestions = [.. DataCatalog.All.Where(data => data.Origin != DataOrigin.Files).Select(data => data.Name)] },
        OptionEntry.Of("test-fraction", OptionTypes.Double.As("FRACTION"), "Part held back for testing, in [0, 1); data that comes split ignores it", o => o.TestFraction, (o, v) => o with { TestFraction = v }),
        OptionEntry.Of("scale", ScalingType, "Scaling of features, fitted on the training part", o => o.Scale, (o, v) => o with { Scale = v }),
        OptionEntry.Of("label", Text.OrNone().As("COLUMN"), "CSV: name or index (from 0) of the label's column; the last one unless given", o => o.Label, (o, v) => o with { Label = v }),
        OptionEntry.Of("header", Flag.OrNone(), "CSV: the first line is a header; else it is when one of its cells is not a number", o => o.Header, (o, v) => o with { Header = v }),
        OptionEntry.Of("samples", Whole.OrNone(), "Generators: number of samples", o => o.Samples, (o, v) => o with { Samples = v }),
        OptionEntry.Of("noise", OptionTypes.Single.OrNone(), "Generators: standard deviation of the noise", o => o.Noise, (o, v) => o with { Noise = v }),
    ];
}
