using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace DistNet.Benchmarks;

/// <summary>PyTorch is not here; the message says what to do.</summary>
internal sealed class PyTorchMissingException(string message) : Exception(message);

/// <summary>A Python script that says when it is ready, and then answers each line with the seconds that it took to do what the line says.</summary>
internal sealed class PythonProcess : IDisposable
{
    /// <summary>The environment variable that names the Python to use.</summary>
    public const string Variable = "DISTNET_PYTHON";

    private readonly string _script;
    private readonly Process _process;

    /// <summary>Waits until PyTorch is loaded.</summary>
    /// <param name="script">File beside this program.</param>
    /// <param name="arguments">The script's.</param>
    /// <param name="environment">Added to this process's.</param>
    public PythonProcess(string script, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment)
    {
        _script = script;
        _process = Start(Path.Combine(AppContext.BaseDirectory, "PyTorch", script), arguments, environment);
        var words = (_process.StandardOutput.ReadLine() ?? "").Split(' ', 2);
        if (words is not ["ready", var description])
        {
            Dispose();
            throw Missing(words is ["missing", var reason] ? reason : "it did not answer");
        }

        Description = description;
    }

    private static string Python => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } python ? python : "/usr/bin/python3";

    /// <summary>Versions and libraries.</summary>
    public string Description { get; }

    public double Ask(FormattableString line)
    {
        _process.StandardInput.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        _process.StandardInput.Flush();
        var answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{_script} ended; its error is above.");
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static Process Start(string path, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo(Python, [path, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
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

    private static PyTorchMissingException Missing(string reason) => new(
        $"{Python} cannot run PyTorch ({reason}); install it (Debian: apt-get install python3-torch) or name another Python in {Variable}");
}
