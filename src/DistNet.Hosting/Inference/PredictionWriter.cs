using System.Globalization;
using System.Text.Json;
using CsvHelper;

namespace DistNet.Hosting;

/// <summary>Predictions as CSV with a header, or as one JSON array.</summary>
public static class PredictionWriter
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Columns row, class, then p(CLASS) for each class.</summary>
    public static void WriteCsv(TextWriter writer, PredictionTable table)
    {
        using var csv = new CsvWriter(writer, CultureInfo.InvariantCulture, leaveOpen: true);
        WriteRecord(csv, ["row", "class", .. table.ClassNames.Select(name => $"p({name})")]);
        foreach (var (row, prediction) in table.Rows.Index())
        {
            WriteRecord(csv, [
                row.ToString(CultureInfo.InvariantCulture),
                table.ClassNames[prediction.Class],
                .. prediction.Probabilities.Select(p => p.ToString(CultureInfo.InvariantCulture))]);
        }
    }

    /// <summary>[{"row":0,"class":"cat","probabilities":{"non-cat":0.1,"cat":0.9}}, ...] on one line.</summary>
    public static void WriteJson(TextWriter writer, PredictionTable table) =>
        writer.WriteLine(JsonSerializer.Serialize(
            table.Rows.Select((prediction, row) => new
            {
                Row = row,
                Class = table.ClassNames[prediction.Class],
                Probabilities = table.ClassNames.Zip(prediction.Probabilities).ToDictionary(pair => pair.First, pair => pair.Second),
            }),
            Json));

    private static void WriteRecord(CsvWriter csv, IEnumerable<string> fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(field);
        }

        csv.NextRecord();
    }
}
