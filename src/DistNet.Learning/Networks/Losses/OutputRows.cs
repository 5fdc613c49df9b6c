using DistNet.Numerics;

namespace DistNet.Learning;

/// <summary>The loss of each row of a batch, and sums of them in the fixed order: rows within a lane, then the tree over lanes.</summary>
internal sealed unsafe class OutputRows(Loss loss, int outputs, int maxRows)
{
    private readonly int[] _labels = new int[maxRows];
    private readonly SampleSums[] _rows = new SampleSums[maxRows];

    public void SetLabel(int row, int label) => _labels[row] = label;

    /// <summary>Computes each row's loss, and its gradient into <paramref name="delta"/>.</summary>
    public void Evaluate(Matrix output, Matrix delta)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            var values = Padded(output, row);
            var correct = loss.Class(values) == _labels[row] ? 1 : 0;
            _rows[row] = new SampleSums(loss.Evaluate(values, _labels[row], Padded(delta, row)), correct, 1);
        }
    }

    /// <param name="output">The last layer's output.</param>
    /// <param name="work">Overwritten; of the same shape.</param>
    /// <param name="predictions">[rows, outputs], without padding.</param>
    /// <param name="classes">[rows].</param>
    public void Predict(Matrix output, Matrix work, Span<float> predictions, Span<int> classes)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            loss.Predict(Padded(output, row), Padded(work, row));
            work.Row(row).CopyTo(predictions.Slice(row * outputs, outputs));
            classes[row] = loss.Class(Padded(output, row));
        }
    }

    public SampleSums Sum(int first, int count)
    {
        var sum = default(SampleSums);
        for (var row = first; row < first + count; row++)
        {
            sum += _rows[row];
        }

        return sum;
    }

    public SampleSums Sum(TreeNode node, LaneRows lanes)
    {
        if (node.First >= lanes.EndLane)
        {
            return default;
        }

        if (node.IsLeaf)
        {
            var (first, count) = lanes.Of(node.First);
            return Sum(first, count);
        }

        return Sum(node.Left, lanes) + Sum(node.Right, lanes);
    }

    private static Span<float> Padded(Matrix matrix, int row) => new(matrix.Pointer + ((nint)row * matrix.Stride), matrix.Stride);
}
