using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CabinMood.Service.Tests.Privacy;

/// <summary>
/// A random pattern that pictures carry, and that must turn up nowhere else. Whatever holds 128 bytes in a row of such a
/// picture's pattern is found, as bytes, as Base64, as hexadecimal, and as numbers with commas.
/// </summary>
internal sealed class Canary
{
    /// <summary>After so many bytes the pattern repeats.</summary>
    internal const int Period = 64;

    // Long enough that no chance brings it about, short enough to lie whole in any longer piece.
    private const int Needle = 24;

    private readonly List<byte[]> _needles;

    internal Canary()
    {
        Pattern = RandomNumberGenerator.GetBytes(Period);
        var needle = Pattern[..Needle];
        _needles = [needle, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(needle)), Encoding.ASCII.GetBytes(Convert.ToHexString(needle))];
        _needles.Add(Encoding.ASCII.GetBytes(string.Join(',', needle.Select(value => value.ToString(CultureInfo.InvariantCulture)))));
        for (var shift = 0; shift < 3; shift++)
        {
            // Without the characters at both ends, which depend on the neighbours.
            var text = Convert.ToBase64String([.. Enumerable.Repeat((byte)0, shift), .. needle]);
            _needles.Add(Encoding.ASCII.GetBytes(text[4..^4]));
        }
    }

    internal byte[] Pattern { get; }

    /// <summary>The pattern again and again.</summary>
    internal void Fill(Span<byte> row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = Pattern[i % Period];
        }
    }

    internal bool IsIn(ReadOnlySpan<byte> bytes)
    {
        foreach (var needle in _needles)
        {
            if (bytes.IndexOf(needle) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
