namespace FunctionalStack.Serving;

/// <summary>How a <see cref="ModelServer"/> listens.</summary>
/// <param name="Serving">The models and the limits of a request.</param>
public sealed record ServerOptions(ServingOptions Serving)
{
    /// <summary>The address or name to listen on. By default only programs of this machine can connect.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port; 0 for a free one.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>The key that requests must have, except for <c>/health</c> and the files of the pages; null for none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The largest number of connections at the same time.</summary>
    public int MaxConnections { get; init; } = 4096;

    /// <summary>Prints the options without the key.</summary>
    public override string ToString() => $"{nameof(ServerOptions)} {{ Host = {Host}, Port = {Port}, {Serving} }}";
}
