using System.CommandLine;
using DistNet.Hosting;

namespace DistNet.Cli;

/// <summary><c>distnet predict</c>.</summary>
internal static class PredictCommand
{
    public static Command Build(CommandHost host)
    {
        var run = CommonOptions.Run();
        var input = new Option<string>("--input") { HelpName = "FILE", Required = true, Description = "Samples: a CSV file without label column, or an IDX file of pictures" };
        var output = new Option<string>("--output") { HelpName = "FILE", Description = "Where to write; stdout unless given" };
        var format = CommonOptions.Format("csv", "json");
        var command = new Verb(
            "predict",
            "Class and probabilities of every sample in a file, by a run's latest checkpoint.",
            """
            Examples:
              distnet predict --run runs/flowers --input new-flowers.csv
              distnet predict --run runs/flowers --input new-flowers.csv --format json --output species.json
            """) { run, input, output, format };
        command.SetAction(parsed =>
        {
            var table = host.Services.Predict(RunFolder.Open(parsed.GetRequiredValue(run)), parsed.GetRequiredValue(input), host.Complain);
            Write(host, table, parsed.GetValue(output), isJson: parsed.GetValue(format) == "json");
        });
        return command;
    }

    private static void Write(CommandHost host, PredictionTable table, string? path, bool isJson)
    {
        if (path is null)
        {
            Write(host.Out, table, isJson);
            return;
        }

        try
        {
            AtomicFile.Write(path, stream =>
            {
                using var writer = new StreamWriter(stream, leaveOpen: true);
                Write(writer, table, isJson);
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--output: cannot write {path}: {e.Message}");
        }
    }

    private static void Write(TextWriter writer, PredictionTable table, bool isJson)
    {
        if (isJson)
        {
            PredictionWriter.WriteJson(writer, table);
        }
        else
        {
            PredictionWriter.WriteCsv(writer, table);
        }
    }
}
