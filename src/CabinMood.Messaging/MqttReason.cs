namespace CabinMood.Messaging;

/// <summary>MQTT 5 reason codes that change what CabinMood does [MQTT 5.0, 2.4].</summary>
internal static class MqttReason
{
    /// <summary>From here on a reason code means no.</summary>
    internal const int FirstFailure = 128;

    /// <summary>Yes, and nobody listens there. A broker that knows it may say so.</summary>
    internal const int NoMatchingSubscribers = 16;

    private const int UnsupportedProtocolVersion = 132;
    private const int ClientIdentifierNotValid = 133;
    private const int BadUserNameOrPassword = 134;
    internal const int NotAuthorized = 135;
    private const int Banned = 138;
    internal const int SessionTakenOver = 142;

    /// <summary>
    /// True when trying again soon cannot help: somebody has to change a password, a right or a client id first.
    /// </summary>
    internal static bool NeedsAPerson(int reason) =>
        reason is UnsupportedProtocolVersion or ClientIdentifierNotValid or BadUserNameOrPassword
            or NotAuthorized or Banned or SessionTakenOver;
}
