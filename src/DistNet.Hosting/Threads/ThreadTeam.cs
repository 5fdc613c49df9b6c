using System.Runtime.ExceptionServices;
using DistNet.Numerics;

namespace DistNet.Hosting;

/// <summary>
/// Threads that compute the parts of a task together with the caller. Whoever is free claims the next part, so that a thread that
/// the system took off the processor holds up one part and not the task. Who has nothing to do spins, yields,
/// and soon sleeps. Allocates nothing per task.
/// </summary>
public sealed class ThreadTeam : IComputeTeam, IDisposable
{
    private readonly Thread[] _threads;
    private readonly SpinGate _work;
    private readonly SpinGate _completion;
    private TeamTask? _task;
    private Exception? _failure;
    private Claim _claim;
    private int _parts;
    private int _finished;
    private int _isRunning;
    private volatile bool _closing;

    /// <param name="size">Members, the caller among them.</param>
    public ThreadTeam(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        Size = size;
        _work = new SpinGate(() => _claim.HasParts || _closing);
        _completion = new SpinGate(() => Volatile.Read(ref _finished) == _parts);
        _threads = new Thread[size - 1];
        for (var i = 0; i < _threads.Length; i++)
        {
            var member = i + 1;
            _threads[i] = new Thread(() => Work(member)) { IsBackground = true, Name = $"team-{member}" };
            _threads[i].Start();
        }
    }

    public int Size { get; }

    /// <exception cref="InvalidOperationException">A task is under way: a team has one caller at a time.</exception>
    /// <exception cref="ObjectDisposedException">The team was disposed.</exception>
    public void Run(TeamTask task, int parts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(parts);
        ObjectDisposedException.ThrowIf(_closing, this);
        if (Interlocked.Exchange(ref _isRunning, 1) != 0)
        {
            throw new InvalidOperationException("The team is at another task.");
        }

        Begin(task, parts);
        ComputeParts(0);
        _completion.Wait();
        var failure = _failure;
        _task = null;
        _failure = null;
        Volatile.Write(ref _isRunning, 0);
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Ends the threads; not while a task is under way.</summary>
    public void Dispose()
    {
        _closing = true;
        _work.Open();
        Array.ForEach(_threads, thread => thread.Join());
    }

    private void Begin(TeamTask task, int parts)
    {
        _task = task;
        _parts = parts;
        _finished = 0;
        _claim.Offer(parts);
        if (parts > 1)
        {
            _work.Open();
        }
    }

    private void Work(int member)
    {
        while (true)
        {
            _work.Wait();
            if (_closing)
            {
                return;
            }

            ComputeParts(member);
        }
    }

    private void ComputeParts(int member)
    {
        while (_claim.TryTake(out var part))
        {
            Compute(part, member);

            // Read before the last part is reported: from then on a next task may have another number of parts.
            var parts = _parts;
            if (Interlocked.Increment(ref _finished) == parts)
            {
                _completion.Open();
            }
        }
    }

    private void Compute(int part, int member)
    {
        try
        {
            if (Volatile.Read(ref _failure) is null)
            {
                _task!.Execute(part, member);
            }
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, e, null);
        }
    }

    /// <summary>
    /// Number of parts and next part in one word: whoever comes late from an earlier task takes a part of the present task, or none.
    /// </summary>
    private struct Claim
    {
        private const int Shift = 32;
        private long _word;

        public bool HasParts
        {
            get
            {
                var word = Volatile.Read(ref _word);
                return (int)word < word >> Shift;
            }
        }

        public void Offer(int parts) => Interlocked.Exchange(ref _word, (long)parts << Shift);

        public bool TryTake(out int part)
        {
            part = 0;
            if (!HasParts)
            {
                return false;
            }

            var word = Interlocked.Increment(ref _word) - 1;
            part = (int)word;
            return part < word >> Shift;
        }
    }
}
