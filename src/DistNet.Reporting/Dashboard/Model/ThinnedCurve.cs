namespace DistNet.Reporting;

/// <summary>
/// A curve in bounded memory, however long it gets: values that follow each other share a place, and when all places are taken neighbours are joined.
/// Adding allocates nothing. Not for several threads.
/// </summary>
internal sealed class ThinnedCurve
{
    private readonly Place[] _places;
    private int _count;
    private long _valuesEach = 1;

    /// <param name="places">Points at most; an even number.</param>
    public ThinnedCurve(int places = 200)
    {
        if (places < 2 || places % 2 != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(places), places, "an even number");
        }

        _places = new Place[places];
    }

    /// <summary>
    /// Adds a value at the end. What was added at that x or beyond it is void: the run went back. Values that are not finite leave a gap.
    /// </summary>
    /// <param name="x">Such as updates applied.</param>
    /// <param name="value">The value there.</param>
    /// <param name="weight">How much it counts in means, such as the time it took where it is a rate; above 0.</param>
    public void Add(double x, double value, double weight = 1)
    {
        while (_count > 0 && _places[_count - 1].X >= x)
        {
            _count--;
        }

        if (!double.IsFinite(value))
        {
            return;
        }

        if (_count == 0 || _places[_count - 1].Values == _valuesEach)
        {
            Open();
        }

        _places[_count - 1].Take(x, value, weight);
    }

    public ThinPoint[] ToArray()
    {
        var points = new ThinPoint[_count];
        for (var i = 0; i < _count; i++)
        {
            points[i] = _places[i].Point;
        }

        return points;
    }

    private void Open()
    {
        if (_count == _places.Length)
        {
            Join();
        }

        _places[_count++] = Place.Empty;
    }

    private void Join()
    {
        _count /= 2;
        _valuesEach *= 2;
        for (var i = 0; i < _count; i++)
        {
            _places[i] = _places[2 * i];
            _places[i].Join(_places[(2 * i) + 1]);
        }
    }

    private struct Place
    {
        public static readonly Place Empty = new() { _least = double.PositiveInfinity, _most = double.NegativeInfinity };

        private double _sum;
        private double _weight;
        private double _least;
        private double _most;

        public double X { get; private set; }

        public long Values { get; private set; }

        public readonly ThinPoint Point => new(X, _sum / _weight, _least, _most);

        public void Take(double x, double value, double weight)
        {
            X = x;
            Values++;
            _sum += value * weight;
            _weight += weight;
            _least = Math.Min(_least, value);
            _most = Math.Max(_most, value);
        }

        public void Join(in Place next)
        {
            X = next.X;
            Values += next.Values;
            _sum += next._sum;
            _weight += next._weight;
            _least = Math.Min(_least, next._least);
            _most = Math.Max(_most, next._most);
        }
    }
}

/// <summary>Values of a curve that share a place.</summary>
/// <param name="X">Of the last of them.</param>
/// <param name="Mean">Weighted mean.</param>
/// <param name="Least">Lowest.</param>
/// <param name="Most">Highest.</param>
internal readonly record struct ThinPoint(double X, double Mean, double Least, double Most);
