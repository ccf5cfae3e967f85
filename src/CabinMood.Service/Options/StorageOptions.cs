namespace CabinMood.Service.Options;

/// <summary>Section <c>Storage</c>: where feedback and consent are kept.</summary>
public sealed class StorageOptions
{
    /// <summary>
    /// The state folder. Default: <c>CABINMOOD_STATE</c>, else systemd's <c>STATE_DIRECTORY</c>, else
    /// <c>~/.local/state/cabinmood</c>.
    /// </summary>
    public string Folder { get; set; } = "";

    /// <summary>The environment variable that names the state folder.</summary>
    public const string FolderVariable = "CABINMOOD_STATE";

    /// <summary>The folder in force; the environment variable goes before the file.</summary>
    public string ResolveFolder()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named)
        {
            return named;
        }

        if (Folder.Length == 0 && Environment.GetEnvironmentVariable("STATE_DIRECTORY") is { Length: > 0 } fromSystemd)
        {
            return fromSystemd;
        }

        return Folder.Length > 0
            ? Folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state", "cabinmood");
    }
}
