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

    /// <summary>What our certificate files hold is no certificate, or no pair.</summary>
    FileContents,

    /// <summary>The broker's certificate is over.</summary>
    BrokerExpired,

    /// <summary>A certificate that signed the broker's is over.</summary>
    AuthorityExpired,

    /// <summary>A certificate of theirs is from the future: more often it is our clock that is wrong.</summary>
    NotYetValid,

    /// <summary>Nobody whom we trust has signed the broker's certificate.</summary>
    Authority,

    /// <summary>The broker's certificate is for another host.</summary>
    HostName,

    /// <summary>The broker wants a certificate from us, and we have none.</summary>
    NoCertificate,

    /// <summary>The broker does not accept our certificate.</summary>
    OurCertificate,

    /// <summary>TLS came to nothing otherwise.</summary>
    Tls,

    /// <summary>We speak TLS, and the port does not.</summary>
    PlainPort,

    /// <summary>The broker knows us not: user, password, client id or protocol.</summary>
    Login,
}
