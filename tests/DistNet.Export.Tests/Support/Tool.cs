using System.ComponentModel;
using System.Diagnostics;

namespace DistNet.Export.Tests;

/// <summary>Programs that other people's readers run in. Where one is missing its tests are skipped and say what to install.</summary>
internal static class Tool
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private static readonly Lazy<string?> Onnx = new(() => ProblemOf(Python, ["-c", "import onnx.checker"]));
    private static readonly Lazy<string?> Torch = new(() => ProblemOf(Python, ["-c", "import torch"]));
    private static readonly Lazy<string?> Runtime = new(() => ProblemOf("node", ["-e", "require('onnxruntime-node')"]));

    /// <summary>Debian's, unless DISTNET_PYTHON names another.</summary>
    private static string Python => Environment.GetEnvironmentVariable("DISTNET_PYTHON") is { Length: > 0 } named ? named : "/usr/bin/python3";

    private static string NodeModules => Environment.GetEnvironmentVariable("DISTNET_TEST_NODE_MODULES") is { Length: > 0 } named
        ? named
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "distnet-tests", "node", "node_modules");

    public static void RequireOnnxChecker() =>
        Skip.If(Onnx.Value is not null, $"no onnx.checker: install it (Debian: apt-get install python3-onnx), or name a Python that has it in DISTNET_PYTHON; {Onnx.Value}");

    public static void RequireTorch() =>
        Skip.If(Torch.Value is not null, $"no PyTorch: install it (Debian: apt-get install python3-torch), or name a Python that has it in DISTNET_PYTHON; {Torch.Value}");

    public static void RequireOnnxRuntime() =>
        Skip.If(
            Runtime.Value is not null,
            $"no onnxruntime-node: npm install --ignore-scripts --prefix ~/.cache/distnet-tests/node onnxruntime-node, or name a node_modules folder in DISTNET_TEST_NODE_MODULES; {Runtime.Value}");

    /// <summary>Runs a script beside the tests; one that fails fails the test with what it said.</summary>
    public static void Run(string script, params string[] arguments)
    {
        var program = Path.GetExtension(script) == ".js" ? "node" : Python;
        var problem = ProblemOf(program, [Path.Combine(AppContext.BaseDirectory, "Scripts", script), .. arguments]);
        problem.ShouldBeNull();
    }

    private static string? ProblemOf(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["NODE_PATH"] = NodeModules;
        try
        {
            using var process = Process.Start(start)!;
            var said = Task.WhenAll(process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync());
            if (!process.WaitForExit(Deadline))
            {
                process.Kill(entireProcessTree: true);
                return $"{program} did not end";
            }

            return process.ExitCode == 0 ? null : string.Concat(said.GetAwaiter().GetResult()).Trim();
        }
        catch (Win32Exception e)
        {
            return e.Message;
        }
    }
}
