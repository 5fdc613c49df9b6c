using System.Globalization;
using DistNet.Bench;

namespace DistNet.Benchmarks;

/// <summary>A Python process that trains with PyTorch as it is told to, and says how long it took.</summary>
internal sealed class PyTorchProcess(PyTorchSetup setup) : IDisposable
{
    private readonly PythonProcess _process = new("step.py", [setup.TorchThreads.ToString(CultureInfo.InvariantCulture)], setup.Environment());

    /// <summary>Versions and libraries.</summary>
    public string Description => _process.Description;

    public Side SideOf(StepNetwork network) => new(setup.Name, steps => _process.Ask($"{network.Name} {network.Batch} {steps}"));

    public void Dispose() => _process.Dispose();
}
