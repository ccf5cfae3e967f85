using System.Diagnostics.CodeAnalysis;

namespace CabinMood.Messaging.Commands;

/// <summary>What a message says, or why it was not taken: exactly one of the two.</summary>
/// <typeparam name="T">What was to be read.</typeparam>
public readonly record struct Reading<T>
{
    private Reading(bool isRead, T? value, Refusal? refusal) => (IsRead, Value, Refusal) = (isRead, value, refusal);

    /// <summary>True when there is a <see cref="Value"/>, false when there is a <see cref="Refusal"/>.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsRead { get; }

    /// <summary>What the message says.</summary>
    public T? Value { get; }

    /// <summary>Why it was not taken.</summary>
    public Refusal? Refusal { get; }

    internal static Reading<T> Of(T value) => new(true, value, null);

    internal static Reading<T> No(string? id, string error) => new(false, default, new Refusal(id, error));
}
