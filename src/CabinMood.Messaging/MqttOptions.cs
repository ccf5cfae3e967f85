using CabinMood.Core;

namespace CabinMood.Messaging;

/// <summary>Section <c>Mqtt</c>: the broker and how to reach it.</summary>
public sealed class MqttOptions
{
    /// <summary>Host name or address of the broker. Default <c>localhost</c>.</summary>
    public string Host { get; set; } = "localhost";

    /// <summary>TCP port. 1 to 65535, default 1883.</summary>
    public int Port { get; set; } = 1883;

    /// <summary>
    /// Names this vehicle in every topic (<c>cabinmood/car/mood</c>). 1 to 64 characters without
    /// <c>/</c>, <c>+</c>, <c>#</c> and white space. Default <c>car</c>.
    /// </summary>
    public string Vehicle { get; set; } = "car";

    /// <summary>
    /// The MQTT client id: one per broker, and the same after a restart, or the broker cannot keep commands for us.
    /// 1 to 64 characters. Default <c>cabinmood-</c> and the vehicle's name, where left empty.
    /// </summary>
    public string ClientId { get; set; } = "";

    /// <summary>User name at the broker. Default empty: anonymous.</summary>
    public string Username { get; set; } = "";

    /// <summary>
    /// A file whose first line is the password; read at every attempt to connect, so that a new password needs no
    /// restart. Never the password itself, which would end up in logs and process lists. Default empty: none. As with
    /// the three files below, a relative name may be that of a systemd credential.
    /// </summary>
    public string PasswordFile { get; set; } = "";

    /// <summary>Whether the broker is spoken to through TLS, and must prove that it is <see cref="Host"/>. Default false.</summary>
    public bool Tls { get; set; }

    /// <summary>
    /// PEM file of the authorities that may have signed the broker's certificate; nobody else is trusted. Needed with
    /// <see cref="Tls"/>. Default empty.
    /// </summary>
    public string CaFile { get; set; } = "";

    /// <summary>PEM file of our own certificate, for a broker that asks for one. Default empty: none.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>PEM file of its private key, without a pass phrase: nobody is there to type one. Default empty.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>
    /// Seconds of silence after which a broker is asked for a sign of life; half as much again and it counts as
    /// lost, and the last will is published for us. 5 to 600, default 10.
    /// </summary>
    public int KeepAliveSeconds { get; set; } = 10;

    /// <summary>Seconds for which the broker keeps commands for us while we are away. 0 to 86400, default 300.</summary>
    public int SessionExpirySeconds { get; set; } = 300;

    /// <summary>
    /// Whether a second connection, with the client id and <c>-urgent</c>, hears consent and camera alone and tells the
    /// privacy topic, so that the driver's no waits behind nothing else in the broker. False for a broker that lets us
    /// connect once only. Default true.
    /// </summary>
    public bool UrgentConnection { get; set; } = true;

    /// <summary>Whether the mood topic carries the eight emotion probabilities. Default false.</summary>
    public bool PublishEmotions { get; set; }

    /// <summary><see cref="ClientId"/>, or its default.</summary>
    internal string EffectiveClientId => ClientId.Length > 0 ? ClientId : $"cabinmood-{Vehicle}";

    /// <summary>The same broker, seen by somebody else: a second client under the first one's id would throw it out.</summary>
    public MqttOptions ForVisitor(string clientId)
    {
        var visitor = (MqttOptions)MemberwiseClone();
        visitor.ClientId = clientId;
        visitor.SessionExpirySeconds = 0;
        return visitor;
    }

    /// <summary>The same broker for the urgent connection. Nothing is kept for it: the other one gets every command too.</summary>
    public MqttOptions ForUrgent() => ForVisitor($"{EffectiveClientId}-urgent");

    /// <summary>Adds what is wrong with these options.</summary>
    public void Validate(ICollection<ConfigurationError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (string.IsNullOrWhiteSpace(Host))
        {
            errors.Add(new ConfigurationError("Mqtt:Host", "is empty; name the broker's host."));
        }

        if (!Topics.IsVehicleName(Vehicle))
        {
            errors.Add(new ConfigurationError("Mqtt:Vehicle", $"is \"{Vehicle}\"; it must have 1 to 64 characters, none of them / + # or white space."));
        }

        if (ClientId.Length > 64)
        {
            errors.Add(new ConfigurationError("Mqtt:ClientId", "is too long; it must have at most 64 characters."));
        }

        if (PasswordFile.Length > 0 && Username.Length == 0)
        {
            errors.Add(new ConfigurationError("Mqtt:PasswordFile", "needs Mqtt:Username."));
        }

        ValidateTls(errors);
        ConfigurationError.CheckRange(errors, "Mqtt:Port", Port, 1, 65535);
        ConfigurationError.CheckRange(errors, "Mqtt:KeepAliveSeconds", KeepAliveSeconds, 5, 600, "seconds");
        ConfigurationError.CheckRange(errors, "Mqtt:SessionExpirySeconds", SessionExpirySeconds, 0, 86400, "seconds");
    }

    private void ValidateTls(ICollection<ConfigurationError> errors)
    {
        if (Tls && CaFile.Length == 0)
        {
            errors.Add(new ConfigurationError("Mqtt:Tls", "needs Mqtt:CaFile, the authority that signed the broker's certificate."));
        }

        if (!Tls && (CaFile.Length > 0 || CertificateFile.Length > 0 || KeyFile.Length > 0))
        {
            // Whoever names certificates believes that the line is encrypted.
            errors.Add(new ConfigurationError("Mqtt:Tls", "is false, but certificates are named; set it to true, or leave CaFile, CertificateFile and KeyFile out."));
        }

        if (CertificateFile.Length > 0 != KeyFile.Length > 0)
        {
            errors.Add(new ConfigurationError("Mqtt:CertificateFile", "and Mqtt:KeyFile need each other."));
        }
    }
}
