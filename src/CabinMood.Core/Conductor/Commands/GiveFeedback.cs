namespace CabinMood.Core.Conductor.Commands;

/// <summary>Feedback on one choice. The reply follows the commit of its row.</summary>
public sealed record GiveFeedback(string Id, CommandSource Source, FeedbackKind Kind, string ChoiceId) : Command(Id);
