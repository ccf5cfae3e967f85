namespace CabinMood.Messaging;

/// <summary>What stands between a link and its broker, for whoever says how to mend it.</summary>
public enum MqttObstacle
{
    /// <summary>Nothing, or what belongs to none of the others: a connection that broke, an answer that did not come.</summary>
    None,

    /// <summary>Nobody takes connections there.</summary>
    Unreachable,

    /// <summary>A password or certificate file of ours cannot be read.</summary>
    Files,

    /// <summary>One side does not accept the other's certificate.</summary>
    Trust,

    /// <summary>We speak TLS, and the port does not.</summary>
    PlainPort,

    /// <summary>The broker knows us not: user, password, client id or protocol.</summary>
    Login,
}
