using System.IO.Compression;

namespace DistNet.Learning;

/// <summary>The real data sets that come with the program; README.md beside this file says where they are from.</summary>
public static class EmbeddedData
{
    private const float DigitsFullScale = 16;

    /// <summary>1797 pictures of 8 x 8 pixels, 0 to 16; 10 classes.</summary>
    public static DataSet Digits()
    {
        using var unpacked = new GZipStream(Open("digits.csv.gz"), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);
        var data = CsvDataSet.Read(reader, "digits.csv.gz", "digits", new CsvOptions(Header: false));
        return new DataSet(data.Info with { Shape = [8, 8], FullScale = DigitsFullScale }, data.Values, data.Labels);
    }

    /// <summary>569 samples of 30 features on very different scales; malignant or benign.</summary>
    public static DataSet BreastCancer() => ReadUci("breast-cancer.csv", "breast-cancer");

    /// <summary>150 samples of 4 lengths in cm; 3 classes.</summary>
    public static DataSet Iris() => ReadUci("iris.csv", "iris");

    /// <summary>The first line is: samples, features, names of the classes.</summary>
    private static DataSet ReadUci(string file, string name)
    {
        using var reader = new StreamReader(Open(file));
        var classNames = reader.ReadLine()!.Split(',')[2..];
        return CsvDataSet.Read(reader, file, name, new CsvOptions(Header: false, ClassNames: classNames));
    }

    private static Stream Open(string file) => typeof(EmbeddedData).Assembly.GetManifestResourceStream(file)
        ?? throw new DataFormatException(file, $"is not in the program; expected an embedded resource");
}
