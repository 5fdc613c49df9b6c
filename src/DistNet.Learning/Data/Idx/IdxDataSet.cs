namespace DistNet.Learning;

/// <summary>A pair of IDX files, images and labels, as a data set.</summary>
public static class IdxDataSet
{
    private const float FullScale = byte.MaxValue;

    /// <summary>Reads both files. Features are the bytes, 0 to 255, unscaled.</summary>
    /// <param name="images">3 dimensions (count, rows, columns) or 4 (count, rows, columns, channels).</param>
    /// <param name="imagesSource">Name of the images' file, for messages.</param>
    /// <param name="labels">1 dimension, as many as there are images.</param>
    /// <param name="labelsSource">Name of the labels' file, for messages.</param>
    /// <param name="name">Name of the data set.</param>
    /// <param name="classNames">One for each class; null: as many classes as the largest label needs, named by number.</param>
    /// <exception cref="DataFormatException">A file is wrong in itself, or the two do not belong together.</exception>
    public static DataSet Read(
        Stream images,
        string imagesSource,
        Stream labels,
        string labelsSource,
        string name,
        IReadOnlyList<string>? classNames = null)
    {
        var pictures = ReadPictures(images, imagesSource);
        var classes = IdxReader.Read(labels, labelsSource);
        CheckPair(pictures, imagesSource, classes, labelsSource);
        classNames ??= ClassNames.Numbered(classes.Values.Max() + 1);
        CheckLabels(classes.Values, classNames.Count, labelsSource);
        return ToDataSet(name, pictures, Array.ConvertAll(classes.Values, label => (int)label), classNames);
    }

    /// <summary>Reads images alone, to predict their classes: every label is 0.</summary>
    public static DataSet ReadUnlabelled(Stream images, string source, string name, IReadOnlyList<string> classNames)
    {
        var pictures = ReadPictures(images, source);
        return ToDataSet(name, pictures, new int[pictures.Count], classNames);
    }

    private static DataSet ToDataSet(string name, IdxArray pictures, int[] labels, IReadOnlyList<string> classNames)
    {
        int[] shape = [.. pictures.Dimensions.Skip(1)];
        var info = new DataSetInfo(name, pictures.Values.Length / pictures.Count, classNames, shape, FullScale);
        return new DataSet(info, Array.ConvertAll(pictures.Values, value => (float)value), labels);
    }

    private static IdxArray ReadPictures(Stream images, string source)
    {
        var pictures = IdxReader.Read(images, source);
        return pictures.Dimensions.Count >= 3
            ? pictures
            : throw new DataFormatException(
                source, $"has {pictures.Dimensions.Count} dimension(s); images have 3 or 4 (count, rows, columns, channels)");
    }

    private static void CheckPair(IdxArray images, string imagesSource, IdxArray labels, string labelsSource)
    {
        if (labels.Dimensions.Count != 1)
        {
            throw new DataFormatException(labelsSource, $"has {labels.Dimensions.Count} dimensions; labels have 1");
        }

        if (images.Count != labels.Count)
        {
            throw new DataFormatException(labelsSource, $"has {labels.Count} labels, but {imagesSource} has {images.Count} images");
        }
    }

    private static void CheckLabels(byte[] labels, int classes, string source)
    {
        var wrong = Array.FindIndex(labels, label => label >= classes);
        if (wrong >= 0)
        {
            throw new DataFormatException(source, $"label {wrong + 1} is {labels[wrong]}; expected 0 to {classes - 1}");
        }
    }
}
