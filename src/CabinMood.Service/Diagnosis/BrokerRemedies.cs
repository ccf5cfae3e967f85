using CabinMood.Messaging;

namespace CabinMood.Service.Diagnosis;

/// <summary>What mends a broker that does not let us in. Each trouble has a remedy of its own: a host's name mends no certificate that is over.</summary>
internal static class BrokerRemedies
{
    internal const string StartIt = "start a broker (sudo apt-get install mosquitto; sudo systemctl start mosquitto) or set Mqtt:Host and Mqtt:Port";

    // As MachineChecks.LetUsRead does for one that is there already.
    private const string InstallOurs = "sudo install -m 640 -g cabinmood FILE /etc/cabinmood/";

    private const string InstallTheirs = "put it and its key where certfile and keyfile of the broker's configuration say; sudo systemctl restart mosquitto";

    internal static string For(MqttObstacle obstacle, MqttOptions options) => obstacle switch
    {
        MqttObstacle.Unreachable => StartIt,
        MqttObstacle.Files => MachineChecks.LetUsRead,
        MqttObstacle.FileContents => "give us PEM files without a pass phrase in Mqtt:CaFile, CertificateFile and KeyFile; of a pair these two print the same: "
            + $"openssl x509 -noout -pubkey -in {Named(options.CertificateFile, "CERTIFICATE")}, and openssl pkey -pubout -in {Named(options.KeyFile, "KEY")}",
        MqttObstacle.BrokerExpired => $"have the vehicle's authority sign a new certificate for the broker ({InstallTheirs}); until when it is valid: {Shown(options)} -enddate; "
            + $"or, where our clock is wrong: {MachineChecks.SetClock}",
        MqttObstacle.AuthorityExpired => "have the authority's successor sign the broker's certificate, and name the successor in Mqtt:CaFile "
            + $"({InstallOurs}); who is in there until when: openssl storeutl -noout -text -certs {options.CaFile} | grep -E 'Subject:|Not After'",
        MqttObstacle.NotYetValid => MachineChecks.SetClock,
        MqttObstacle.Authority => "set Mqtt:CaFile to the certificate of the authority that signed the broker's, got from whoever runs that authority: what an unknown broker shows of itself proves nothing; "
            + $"who that is: {Shown(options)} -issuer, and whom we trust: openssl x509 -noout -subject -in {options.CaFile}",
        MqttObstacle.HostName => $"set Mqtt:Host to a name in the broker's certificate ({Shown(options)} -ext subjectAltName) that leads to it (getent hosts NAME), "
            + $"or have the certificate signed for {options.Host} ({InstallTheirs})",
        MqttObstacle.NoCertificate => "have the vehicle's authority sign a certificate whose common name is our user at the broker (cabinmood), "
            + $"and name it and its key in Mqtt:CertificateFile and KeyFile ({InstallOurs}); a broker that asks for none leaves out require_certificate",
        MqttObstacle.OurCertificate => $"have the authority that the broker trusts (cafile of its configuration) sign ours anew ({InstallOurs}); "
            + $"who signed it until when: openssl x509 -noout -subject -issuer -enddate -in {Named(options.CertificateFile, "FILE")}; whether the broker trusts it: openssl verify -CAfile BROKERS_CAFILE {Named(options.CertificateFile, "FILE")}",
        MqttObstacle.Tls => $"see what the port says: openssl s_client -connect {options.Host}:{options.Port} </dev/null; we speak TLS 1.2 and newer; and what the broker says: sudo journalctl -u mosquitto -n 20",
        MqttObstacle.PlainPort => "that port speaks MQTT without TLS, if MQTT at all: set Mqtt:Port to the broker's TLS listener (usually 8883), or Mqtt:Tls to false for a plain one",
        MqttObstacle.Login when options.Username.Length > 0 => "give our user one password on both sides: "
            + $"sudo mosquitto_passwd /etc/mosquitto/cabinmood.passwords {options.Username}; sudo systemctl reload mosquitto; and the same in Mqtt:PasswordFile",
        MqttObstacle.Login => "set Mqtt:Username and Mqtt:PasswordFile, or with Mqtt:Tls Mqtt:CertificateFile and KeyFile, to those of a user whom the broker knows",
        _ => "see whether Mqtt:Port is the broker's MQTT 5 listener and Mqtt:Tls as that listener has it, and what the broker says: sudo journalctl -u mosquitto -n 20",
    };

    private static string Shown(MqttOptions options) => $"openssl s_client -connect {options.Host}:{options.Port} </dev/null | openssl x509 -noout";

    private static string Named(string file, string otherwise) => file.Length > 0 ? file : otherwise;
}
