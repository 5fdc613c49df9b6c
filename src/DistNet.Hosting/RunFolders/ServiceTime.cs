namespace DistNet.Hosting;

/// <summary>How long a worker took for one gradient.</summary>
/// <param name="Worker">Its number.</param>
/// <param name="Step">The step that the gradient was of.</param>
/// <param name="Samples">Samples in it.</param>
/// <param name="Milliseconds">Wall or virtual time from its beginning to its end, exchanges left out.</param>
public readonly record struct ServiceTime(int Worker, long Step, int Samples, double Milliseconds);
