namespace CabinMood.Core.Songs.Learning;

/// <summary>Linear algebra for a small symmetric positive definite matrix, as its lower triangle by rows.</summary>
internal static class PositiveDefinite
{
    internal static int At(int row, int column) => row * (row + 1) / 2 + column;

    /// <summary>Replaces a matrix by its Cholesky factor L, so that L times its transpose is the matrix.</summary>
    internal static void Factor(Span<double> lower, int size)
    {
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column <= row; column++)
            {
                var sum = lower[At(row, column)];
                for (var k = 0; k < column; k++)
                {
                    sum -= lower[At(row, k)] * lower[At(column, k)];
                }

                // The prior keeps every pivot well above zero; the floor only catches what rounding takes away.
                lower[At(row, column)] = row == column ? Math.Sqrt(Math.Max(sum, 1e-9)) : sum / lower[At(column, column)];
            }
        }
    }

    /// <summary>Solves L x = b in place.</summary>
    internal static void SolveLower(ReadOnlySpan<double> factor, Span<double> b)
    {
        for (var row = 0; row < b.Length; row++)
        {
            var sum = b[row];
            for (var column = 0; column < row; column++)
            {
                sum -= factor[At(row, column)] * b[column];
            }

            b[row] = sum / factor[At(row, row)];
        }
    }

    /// <summary>Solves the transpose of L times x = b in place.</summary>
    internal static void SolveUpper(ReadOnlySpan<double> factor, Span<double> b)
    {
        for (var row = b.Length - 1; row >= 0; row--)
        {
            var sum = b[row];
            for (var column = row + 1; column < b.Length; column++)
            {
                sum -= factor[At(column, row)] * b[column];
            }

            b[row] = sum / factor[At(row, row)];
        }
    }
}
