using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CabinMood.Core.Conductor.Commands;

namespace CabinMood.Core.Conductor;

/// <summary>
/// Names a command without telling of it: equal for a command that comes again, of one length, and nothing can be read off
/// it. So the ledger can lie on a disk without what the driver said, or what a head unit writes into its ids. 32
/// hexadecimal digits, the first half of a SHA-256. The same in every version: a repeat may come after an update.
/// </summary>
public static class CommandDigest
{
    /// <summary>Of an id alone.</summary>
    public static string OfId(string id) => Of([id]);

    /// <summary>Of a command, its id included: who knows no id cannot find out by trying what was asked.</summary>
    public static string Of(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return Of([command.Id, .. Content(command)]);
    }

    private static string[] Content(Command command) => command switch
    {
        OverrideMood wish => ["mood", $"{wish.Source}", wish.Trip, $"{wish.Mood}", $"{wish.Span.Kind}", wish.Span.Duration.Ticks.ToString(CultureInfo.InvariantCulture)],
        OverrideButton button => ["button", $"{button.Source}", button.Trip, $"{button.Action}"],
        ClearOverride clear => ["clear", $"{clear.Source}"],
        GiveFeedback feedback => ["feedback", $"{feedback.Source}", $"{feedback.Kind}", feedback.ChoiceId],
        SetStyle style => ["style", $"{style.Style}"],
        SetTaste taste => ["taste", .. List(taste.Artists), .. List(taste.Languages), .. List(taste.ExcludeArtists)],
        SetConsent consent => ["consent", $"{consent.Granted}", consent.Trip ?? ""],
        SetCamera camera => ["camera", $"{camera.On}", camera.Trip ?? ""],
        // An erasure asks for nothing more; what nobody knows is refused before it is remembered.
        _ => [command.GetType().Name],
    };

    private static IEnumerable<string> List(IReadOnlyList<string> texts) => texts.Prepend(texts.Count.ToString(CultureInfo.InvariantCulture));

    // Each word after its length, so that no two lists of words run together into the same bytes.
    private static string Of(IEnumerable<string> words)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var word in words)
        {
            var utf8 = Encoding.UTF8.GetBytes(word);
            BinaryPrimitives.WriteInt32LittleEndian(length, utf8.Length);
            hash.AppendData(length);
            hash.AppendData(utf8);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
