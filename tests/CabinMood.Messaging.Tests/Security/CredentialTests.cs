namespace CabinMood.Messaging.Tests.Security;

/// <summary>Alone, because the environment belongs to the whole process.</summary>
[CollectionDefinition(nameof(CredentialTests), DisableParallelization = true)]
[Collection(nameof(CredentialTests))]
public sealed class CredentialTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cabinmood-credentials-");

    public CredentialTests()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "mqtt-password"), "secret");
        Environment.SetEnvironmentVariable(CredentialFile.FolderVariable, _folder.FullName);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(CredentialFile.FolderVariable, null);
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_relative_name_is_that_of_a_systemd_credential_where_there_is_one()
    {
        Assert.Equal(Path.Combine(_folder.FullName, "mqtt-password"), CredentialFile.Resolve("mqtt-password"));
        Assert.Equal("another", CredentialFile.Resolve("another"));
        Assert.Equal("/etc/mqtt-password", CredentialFile.Resolve("/etc/mqtt-password"));
    }

    [Theory]
    [InlineData(true, "", "", "", "Mqtt:Tls needs Mqtt:CaFile")]
    [InlineData(false, "ca.crt", "", "", "Mqtt:Tls is false, but certificates are named")]
    [InlineData(true, "ca.crt", "own.crt", "", "Mqtt:CertificateFile and Mqtt:KeyFile need each other")]
    [InlineData(true, "ca.crt", "", "own.key", "Mqtt:CertificateFile and Mqtt:KeyFile need each other")]
    public void Options_that_would_not_encrypt_as_meant_are_refused(bool tls, string authority, string certificate, string key, string expected)
    {
        var errors = new List<Core.ConfigurationError>();

        new MqttOptions { Tls = tls, CaFile = authority, CertificateFile = certificate, KeyFile = key }.Validate(errors);

        Assert.StartsWith(expected, $"{errors.Single().Key} {errors.Single().Problem}", StringComparison.Ordinal);
    }
}
