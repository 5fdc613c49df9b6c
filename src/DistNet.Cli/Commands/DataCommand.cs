using System.CommandLine;
using DistNet.Hosting;
using DistNet.Learning;
using static System.FormattableString;

namespace DistNet.Cli;

/// <summary><c>distnet data list</c> and <c>distnet data describe NAME</c>.</summary>
internal static class DataCommand
{
    public static Command Build(CommandHost host)
    {
        var list = new Verb(
            "list",
            "The data sets with names, one a line.",
            """
            Examples:
              distnet data list
              distnet data describe digits
            """);
        list.SetAction(_ => List(host));
        var name = new Argument<string>("NAME") { Description = "A name from the list" };
        var describe = new Verb(
            "describe",
            "Samples, features, classes, source and licence of a data set.",
            """
            Examples:
              distnet data describe digits
              distnet data describe fashion-mnist
            """) { name };
        describe.SetAction(parsed => Describe(host, parsed.GetRequiredValue(name)));
        return new Verb(
            "data",
            "The data sets this program knows.",
            """
            Examples:
              distnet data list
              distnet data describe breast-cancer
            """) { list, describe };
    }

    private static void List(CommandHost host)
    {
        foreach (var data in host.Services.Data)
        {
            host.Out.WriteLine($"{data.Name,-16}{data.What}");
        }
    }

    private static void Describe(CommandHost host, string name)
    {
        var data = host.Services.Data.FirstOrDefault(data => data.Name == name)
            ?? throw new UsageException($"data describe: there is no {name}{NameHint.For(name, host.Services.Data.Select(data => data.Name))}");
        host.Out.WriteLine($"{data.Name}: {data.What}");
        foreach (var (label, value) in Facts(data))
        {
            host.Out.WriteLine($"  {label,-10}{value}");
        }
    }

    private static IEnumerable<(string Label, string Value)> Facts(DataDescription data)
    {
        yield return ("use", $"--data {(data.Origin == DataOrigin.Files ? "idx:DIR" : data.Name)}");
        yield return ("samples", data.TestSamples > 0 ? Invariant($"{data.Samples} to train on, {data.TestSamples} to test") : Invariant($"{data.Samples}"));
        yield return ("features", Invariant($"{data.Features} ({string.Join(" x ", data.Shape)})"));
        yield return ("classes", Invariant($"{data.ClassNames.Count}: {string.Join(", ", data.ClassNames)}"));
        if (data.Files is { } files)
        {
            yield return ("files", string.Join(", ", [files.TrainImages, files.TrainLabels, files.TestImages, files.TestLabels]));
        }

        yield return ("source", data.Source);
        yield return ("licence", data.Licence);
    }
}
