using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace ProSanteConnect.Server.Shared.DataProtection;

/// <summary>
/// Encrypts nothing: <see cref="SealedKeyRepository"/> seals the whole element. It is there because without an encryptor the
/// framework warns at each start that keys are stored in clear.
/// </summary>
internal sealed class LeaveToRepository : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(new XElement("sealedByRepository", new XElement(plaintextElement)), typeof(NullXmlDecryptor));
}
