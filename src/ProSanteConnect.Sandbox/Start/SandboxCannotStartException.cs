namespace ProSanteConnect.Sandbox.Start;

/// <summary>A reason not to start, as one sentence for whoever typed the command.</summary>
public sealed class SandboxCannotStartException(string sentence) : Exception(sentence);
