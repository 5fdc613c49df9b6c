using DistNet.Protocol;

namespace DistNet.Hosting;

/// <summary>Carries out work with the network. One runner serves one worker at a time; it owns the memory of the computation.</summary>
public interface IWorkRunner : IDisposable
{
    /// <summary>
    /// Fills in the order's results. Calls the sink with each band of the gradient that is there, those of the last layer first. Looks at
    /// <see cref="WorkOrder.Cancelled"/> between layers; false when it stopped because of that.
    /// </summary>
    public bool Run(NetworkWork order, IWorkSink sink);
}

/// <summary>Learns of parts of work that are ready.</summary>
public interface IWorkSink
{
    public void OnYielded(NetworkWork order, int part);
}
