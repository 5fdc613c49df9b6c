namespace DistNet.TestKit;

/// <summary>Waits for what nobody announces.</summary>
public static class Eventually
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    /// <summary>Asks again and again, and ends with the first answer that is not null.</summary>
    /// <param name="ask">The question.</param>
    /// <param name="limit">After this time the wait fails.</param>
    /// <param name="what">What is waited for, for the message.</param>
    /// <exception cref="TimeoutException">It did not come about.</exception>
    public static async Task<T> SomeAsync<T>(Func<Task<T?>> ask, TimeSpan limit, string what)
        where T : class
    {
        using var deadline = new CancellationTokenSource(limit);
        using var timer = new PeriodicTimer(LookEvery);
        try
        {
            while (true)
            {
                if (await ask().ConfigureAwait(false) is { } answer)
                {
                    return answer;
                }

                await timer.WaitForNextTickAsync(deadline.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw new TimeoutException(FormattableString.Invariant($"waited {limit.TotalSeconds:F0} s for {what}"));
        }
    }

    /// <inheritdoc cref="SomeAsync"/>
    public static Task TrueAsync(Func<bool> ask, TimeSpan limit, string what) => SomeAsync(() => Task.FromResult(ask() ? what : null), limit, what);
}
