using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Keys;
using ProSanteConnect.Sandbox.Pki;
using ProSanteConnect.Tools.Certs;

namespace ProSanteConnect.Sandbox.Start;

/// <summary>A data folder in which everything is there: database, keys, test PKI, practitioners and relying parties.</summary>
public sealed record PreparedSandbox(
    SandboxArguments Arguments, SandboxFolder Folder, DatabaseOptions Database, MasterKey MasterKey, SandboxPki Pki, ServerCertificate ServerCertificate, int Practitioners);
