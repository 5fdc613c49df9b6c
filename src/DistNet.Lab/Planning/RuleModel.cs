using System.Globalization;
using static System.FormattableString;

namespace DistNet.Lab;

/// <summary>What theory knows of an update rule with P workers. A rule is text here, as behind --mode; the actors have no part in it.</summary>
public sealed record RuleModel
{
    /// <summary>The forms that a rule's text takes.</summary>
    public const string Forms = "bsp, backup:b, ksync:k, kbatchsync:k, kasync:k, kbatchasync:k, asp, ssp:s, local:h, easgd:a";

    private RuleModel()
    {
    }

    /// <summary>As on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>Plays its timing.</summary>
    public required ReferenceRule Reference { get; init; }

    /// <summary>Gradients applied in an update.</summary>
    public required int GradientsPerUpdate { get; init; }

    /// <summary>E[T] for shifted exponential times and links that cost nothing; null where there is no closed form.</summary>
    public required Func<ShiftedExponential, double?> ClosedForm { get; init; }

    /// <summary>Mean staleness that holds for any law of times; null where there is none.</summary>
    public double? MeanStaleness { get; init; }

    /// <summary>
    /// Whether gradients are of the shared weights. Workers of local SGD and EASGD move weights of their own, which staleness does not measure.
    /// </summary>
    public bool ComputesOnSharedWeights { get; init; } = true;

    /// <summary>The model of a rule with that many workers; null, with the reason, where there is no such rule.</summary>
    public static RuleModel? Find(string rule, int workers, out string problem)
    {
        var colon = rule.IndexOf(':');
        var name = colon < 0 ? rule : rule[..colon];
        var text = colon < 0 ? null : rule[(colon + 1)..];
        var model = text is null ? Plain(name, workers) : name == "easgd" ? Elastic(rule, text, workers) : OfNumber(name, text, workers);
        problem = model is null ? Invariant($"{rule}: no update rule with {workers} workers; rules are {Forms}, k from 1 to the workers, b below them") : "";
        return model is null ? null : model with { Name = rule };
    }

    private static RuleModel? Plain(string name, int workers) => name switch
    {
        "bsp" or "sync" => KSync(workers, workers),
        "asp" or "async" => KBatchAsync(1, workers),
        _ => null,
    };

    private static RuleModel? OfNumber(string name, string text, int workers)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n))
        {
            return null;
        }

        var isCount = n >= 1 && n <= workers;
        return name switch
        {
            "backup" when n < workers => KSync(workers - n, workers),
            "ksync" when isCount => KSync(n, workers),
            "kbatchsync" when isCount => KBatchSync(n, workers),
            "kasync" when isCount => KAsync(n, workers),
            "kbatchasync" when isCount => KBatchAsync(n, workers),
            "ssp" => StaleSynchronous(n, workers),
            "local" when n >= 1 => LocalSteps(n, workers),
            _ => null,
        };
    }

    private static RuleModel KSync(int k, int workers) =>
        Of(new KSyncReference(k), k, law => UpdateTimes.KSync(law, workers, k), staleness: 0);

    private static RuleModel KBatchSync(int k, int workers) =>
        Of(new KBatchSyncReference(k), k, law => UpdateTimes.KBatchSync(law, workers, k), staleness: 0);

    private static RuleModel KAsync(int k, int workers) =>
        Of(new KAsyncReference(k), k, law => UpdateTimes.KAsync(law, workers, k), staleness: k == workers ? 0 : null);

    private static RuleModel KBatchAsync(int k, int workers) =>
        Of(new KBatchAsyncReference(k), k, law => UpdateTimes.KBatchAsync(law, workers, k), StalenessLaws.MeanKBatchAsync(workers, k));

    private static RuleModel StaleSynchronous(int slack, int workers) => Of(
        new StaleSynchronousReference(slack),
        workers,
        law => slack == 0 ? UpdateTimes.BulkSynchronous(law, workers) : null,
        staleness: slack == 0 ? 0 : null);

    private static RuleModel LocalSteps(int localSteps, int workers) => Of(
        new LocalStepsReference(localSteps),
        workers * localSteps,
        law => localSteps == 1 ? UpdateTimes.BulkSynchronous(law, workers) : null,
        staleness: localSteps == 1 ? 0 : null) with
    { ComputesOnSharedWeights = localSteps == 1 };

    /// <summary>Nobody waits, as under asp: an exchange is an update of the centre.</summary>
    private static RuleModel? Elastic(string rule, string text, int workers) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var elasticity) && elasticity > 0 && double.IsFinite(elasticity)
            ? KBatchAsync(1, workers) with { Name = rule, MeanStaleness = null, ComputesOnSharedWeights = false }
            : null;

    private static RuleModel Of(ReferenceRule reference, int gradients, Func<ShiftedExponential, double?> closedForm, double? staleness) => new()
    {
        Name = "",
        Reference = reference,
        GradientsPerUpdate = gradients,
        ClosedForm = closedForm,
        MeanStaleness = staleness,
    };
}
