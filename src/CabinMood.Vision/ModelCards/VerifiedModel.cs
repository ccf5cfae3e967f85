namespace CabinMood.Vision.ModelCards;

/// <summary>
/// A card together with the very bytes whose checksum was compared with it: a session is made from these bytes, so
/// nothing can change between the check and the load.
/// </summary>
/// <param name="Card">The card.</param>
/// <param name="CardPath">Where the card was read.</param>
/// <param name="Bytes">The net's file.</param>
public sealed record VerifiedModel<TCard>(TCard Card, string CardPath, ReadOnlyMemory<byte> Bytes);
