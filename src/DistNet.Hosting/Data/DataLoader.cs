using DistNet.Learning;

namespace DistNet.Hosting;

/// <summary>A data set as a run uses it: split and scaled.</summary>
/// <param name="Train">The training part.</param>
/// <param name="Test">The part held back; null: none.</param>
/// <param name="Scaling">Fitted on the training part.</param>
public sealed record LoadedData(DataSet Train, DataSet? Test, Scaling Scaling);

/// <summary>Reads what <c>--data</c> names. Whatever is wrong with it is a <see cref="UsageException"/> with one line.</summary>
public static class DataLoader
{
    public static LoadedData Load(TrainingOptions options)
    {
        var (train, test) = LoadUnscaled(options);
        return Scale(train, test, options);
    }

    /// <summary>Samples that are there already, as if they had been read.</summary>
    /// <param name="samples">Unscaled.</param>
    /// <param name="test">What they are tested on, of the same features and classes; null: a part of the samples is held back.</param>
    /// <param name="options">How they are split and scaled.</param>
    public static LoadedData Load(DataSet samples, DataSet? test, TrainingOptions options)
    {
        (samples, test) = test is null ? Split(samples, options) : (samples, test);
        return Scale(samples, test, options);
    }

    /// <summary>The same parts as their source has them, for a scaling that was fitted before.</summary>
    public static (DataSet Train, DataSet? Test) LoadUnscaled(TrainingOptions options) => Explain(() => Read(options));

    /// <summary>All samples of a source, unscaled and not split; of a folder, the test files where it has them.</summary>
    /// <param name="text">As <c>--data</c>.</param>
    /// <param name="options">How a table or generator is read.</param>
    /// <param name="classNames">The classes of the network the samples are for.</param>
    public static DataSet LoadForEvaluation(string text, TrainingOptions options, IReadOnlyList<string> classNames) => Explain(() =>
    {
        var source = Parse(text);
        return source.Kind switch
        {
            DataSourceKind.Idx when new IdxFolder(source.Location) is var folder =>
                folder.ReadTest(source.Name, classNames) ?? folder.ReadTrain(source.Name, classNames),
            DataSourceKind.Csv => ReadCsv(source, new CsvOptions(options.Label, options.Header, classNames)),
            _ => ReadNamed(source, options),
        };
    });

    /// <summary>Runs a read; what is wrong with the data becomes wrong usage.</summary>
    public static T Explain<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DataFormatException e)
        {
            throw new UsageException(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--data: {e.Message}");
        }
    }

    private static LoadedData Scale(DataSet train, DataSet? test, TrainingOptions options)
    {
        var scaling = Scaling.Fit(options.Scale, train);
        return new LoadedData(scaling.Apply(train), test is null ? null : scaling.Apply(test), scaling);
    }

    private static (DataSet Train, DataSet? Test) Read(TrainingOptions options)
    {
        var source = Parse(options.Data);
        if (source.Kind == DataSourceKind.Idx)
        {
            var folder = new IdxFolder(source.Location);
            var train = folder.ReadTrain(source.Name, null);
            return folder.ReadTest(source.Name, train.Info.ClassNames) is { } test
                ? (train, test)
                : Split(train, options);
        }

        return Split(
            source.Kind == DataSourceKind.Csv ? ReadCsv(source, new CsvOptions(options.Label, options.Header)) : ReadNamed(source, options),
            options);
    }

    private static DataSource Parse(string text) =>
        !DataSource.TryParse(text, out var source, out var problem) ? throw new UsageException(problem)
        : source.Kind == DataSourceKind.Memory ? throw new UsageException($"--data: {text} was in the memory of a program that trained on it, and is stored nowhere; hand the samples in, or name {DataSource.Forms}")
        : source;

    private static (DataSet Train, DataSet? Test) Split(DataSet data, TrainingOptions options)
    {
        if (options.TestFraction > 0 && data.Count < 2)
        {
            throw new UsageException("--test-fraction: the data have one sample, which cannot be split; give 0");
        }

        var split = TrainTestSplit.Of(data, options.TestFraction, options.Seed);
        return (split.Train, split.Test);
    }

    private static DataSet ReadCsv(DataSource source, CsvOptions options)
    {
        if (!File.Exists(source.Location))
        {
            throw new UsageException($"--data: there is no file {source.Location}");
        }

        using var reader = File.OpenText(source.Location);
        return CsvDataSet.Read(reader, source.Location, source.Name, options);
    }

    private static DataSet ReadNamed(DataSource source, TrainingOptions options)
    {
        var classes = DataCatalog.Find(source.Location)!.ClassNames.Count;
        return options.Samples < classes
            ? throw new UsageException($"--samples: {source.Location} has {classes} classes; give at least one sample for each, not {options.Samples}")
            : DataCatalog.Create(source.Location, new GeneratorOptions(options.Samples, options.Noise, options.Seed));
    }
}
