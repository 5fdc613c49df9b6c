using System.CommandLine;
using DistNet.Export;
using DistNet.Hosting;
using static System.FormattableString;

namespace DistNet.Cli;

/// <summary><c>distnet export</c>.</summary>
internal static class ExportCommand
{
    public static Command Build(CommandHost host)
    {
        var run = CommonOptions.Run();
        var format = CommonOptions.Choice("--format", "onnx: a graph from unscaled features to predictions; safetensors: weights for nn.Sequential", "onnx", "safetensors");
        format.Required = true;
        var output = new Option<string>("--output") { HelpName = "FILE", Required = true, Description = "The file to write" };
        var force = new Option<bool>("--force") { Description = "Replace a file that is there" };
        var command = new Verb(
            "export",
            "Write a run's network, by its latest checkpoint, for ONNX Runtime or PyTorch.",
            """
            Examples:
              distnet export --run runs/20260101-120000-digits --format onnx --output digits.onnx
              distnet export --run runs/20260101-120000-digits --format safetensors --output digits.safetensors

            docs/file-formats.md says what is in the files. A safetensors file can be the start of another run:
              distnet train --init-from digits.safetensors
            """) { run, format, output, force };
        command.SetAction(parsed =>
        {
            var form = parsed.GetRequiredValue(format) == "onnx" ? ExportFormat.Onnx : ExportFormat.SafeTensors;
            var report = NetworkExport.ToFile(RunFolder.Open(parsed.GetRequiredValue(run)), form, parsed.GetRequiredValue(output), parsed.GetValue(force), host.Complain);
            host.Out.WriteLine(Invariant($"{report.Output}: {parsed.GetValue(format)}, {report.Bytes} bytes, version {report.Version} of {report.Run}"));
        });
        return command;
    }
}
