using DistNet.Numerics;

namespace DistNet.Hosting;

/// <summary>
/// Some of the service times of a run, of each worker at most <see cref="Capacity"/>, all equally likely to be among them however long the run is (reservoir
/// sampling, Vitter 1985, algorithm R). Which ones is a function of the seed and their order. Memory grows with what is kept. Not for
/// several threads.
/// </summary>
/// <param name="seed">The run's.</param>
public sealed class ServiceTimeReservoir(ulong seed)
{
    /// <summary>Service times kept of each worker.</summary>
    public const int Capacity = 4096;

    private readonly SortedDictionary<int, Sample> _workers = [];

    /// <summary>What is kept, by worker and step.</summary>
    public IEnumerable<ServiceTime> Times => _workers.Values.SelectMany(sample => sample.Kept.OrderBy(time => time.Step));

    public void Add(in ServiceTime time)
    {
        if (!_workers.TryGetValue(time.Worker, out var sample))
        {
            _workers.Add(time.Worker, sample = new Sample(Luck.Key(seed, LuckPurpose.Laboratory, (uint)time.Worker)));
        }

        sample.Add(time);
    }

    private sealed class Sample(LuckKey luck)
    {
        private readonly List<ServiceTime> _kept = [];
        private int _seen;

        public IEnumerable<ServiceTime> Kept => _kept;

        public void Add(in ServiceTime time)
        {
            // The n-th of n stays with probability Capacity / n, in the place of any of those that are there.
            var place = _seen < Capacity ? _seen : luck.Below((ulong)_seen, _seen + 1);
            if (_kept.Count < Capacity)
            {
                _kept.Add(time);
            }
            else if (place < Capacity)
            {
                _kept[place] = time;
            }

            _seen++;
        }
    }
}
