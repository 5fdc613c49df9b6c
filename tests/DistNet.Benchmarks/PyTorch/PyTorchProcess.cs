using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using DistNet.Bench;

namespace DistNet.Benchmarks;

/// <summary>PyTorch is not here; the message says what to do.</summary>
internal sealed class PyTorchMissingException(string message) : Exception(message);

/// <summary>A Python process that trains with PyTorch as it is told to, and says how long it took.</summary>
internal sealed class PyTorchProcess : IDisposable
{
    /// <summary>The environment variable that names the Python to use.</summary>
    public const string PythonVariable = "DISTNET_PYTHON";

    private readonly Process _process;

    /// <summary>Waits until PyTorch is loaded.</summary>
    public PyTorchProcess(PyTorchSetup setup)
    {
        Setup = setup;
        _process = Start(setup);
        var words = (_process.StandardOutput.ReadLine() ?? "").Split(' ', 2);
        if (words is not ["ready", var description])
        {
            Dispose();
            throw Missing(words is ["missing", var reason] ? reason : "it did not answer");
        }

        Description = description;
    }

    public PyTorchSetup Setup { get; }

    /// <summary>Versions and libraries.</summary>
    public string Description { get; }

    public Side SideOf(StepNetwork network) => new(Setup.Name, steps => Run(network, steps));

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private double Run(StepNetwork network, int steps)
    {
        _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{network.Name} {network.Batch} {steps}"));
        _process.StandardInput.Flush();
        var line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{Setup.Name} ended; its error is above.");
        return double.Parse(line, CultureInfo.InvariantCulture);
    }

    private static Process Start(PyTorchSetup setup)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "PyTorch", "step.py");
        var start = new ProcessStartInfo(Python, [script, setup.TorchThreads.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in setup.Environment())
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw Missing("it cannot be started");
        }
    }

    private static string Python => Environment.GetEnvironmentVariable(PythonVariable) is { Length: > 0 } python ? python : "/usr/bin/python3";

    private static PyTorchMissingException Missing(string reason) => new(
        $"{Python} cannot run PyTorch ({reason}); install it (Debian: apt-get install python3-torch) or name another Python in {PythonVariable}");
}
