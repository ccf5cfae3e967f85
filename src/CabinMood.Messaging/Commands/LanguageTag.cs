using System.Text.RegularExpressions;

namespace CabinMood.Messaging.Commands;

/// <summary>
/// The form of language tags: language, script, region, variants, extensions, private use, in this order [RFC 5646, 2.1].
/// Languages have two or three letters: nobody registered a longer one. Whether a tag is registered is not asked.
/// </summary>
internal static partial class LanguageTag
{
    /// <summary>The longest tags in use; RFC 5646, 4.4.1 asks for at least 35.</summary>
    internal const int MaxLength = 35;

    internal static bool IsWellFormed(string tag) => Pattern().IsMatch(tag);

    // The same stands in configs/asyncapi.yaml, for tools.
    [GeneratedRegex(
        @"\A[A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(-[0-9A-WY-Za-wy-z](-[A-Za-z0-9]{2,8})+)*(-[Xx](-[A-Za-z0-9]{1,8})+)?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
