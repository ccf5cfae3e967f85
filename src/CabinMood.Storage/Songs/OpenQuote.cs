namespace CabinMood.Storage.Songs;

/// <summary>
/// A row whose quote is still open at the end of its line. Either its text has a line break and goes on, or somebody
/// forgot to close it; the next lines are kept until it shows which, and not so many that a forgotten quote could
/// swallow the file.
/// </summary>
internal sealed class OpenQuote
{
    private const int MostLines = 20;

    private readonly List<(RowRead Row, bool IsOdd)> _lines = [];
    private readonly List<byte> _text = [];
    private bool _isOpen;

    /// <summary>Begins with the line on which the quote was opened.</summary>
    internal OpenQuote(RowRead first, ReadOnlySpan<byte> line) => Add(first, line);

    /// <summary>The line on which the row begins.</summary>
    internal int Line => _lines[0].Row.Line;

    /// <summary>Whether it shows: every quote has its partner, or too many lines have come.</summary>
    internal bool IsDecided => !_isOpen || _lines.Count >= MostLines;

    /// <summary>The lines as one row.</summary>
    internal byte[] Text => [.. _text];

    /// <summary>The lines as rows of their own. One with an odd number of quotes is a piece of something.</summary>
    internal IEnumerable<RowRead> Apart =>
        _lines.Select(line => line.IsOdd ? line.Row with { Song = null, Reason = RowRead.QuoteNotClosed } : line.Row);

    /// <summary>Adds the next line, and what it is as a row of its own.</summary>
    internal void Add(RowRead row, ReadOnlySpan<byte> line)
    {
        if (_text.Count > 0)
        {
            _text.Add((byte)'\n');
        }

        _text.AddRange(line);
        var isOdd = line.Count((byte)'"') % 2 != 0;
        _lines.Add((row, isOdd));
        _isOpen ^= isOdd;
    }
}
