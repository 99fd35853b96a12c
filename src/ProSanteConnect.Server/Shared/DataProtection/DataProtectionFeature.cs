using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using ProSanteConnect.Core.Data;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Server.Shared.DataProtection;

internal static class DataProtectionFeature
{
    /// <summary>Must not change: data protected under another name cannot be decrypted.</summary>
    private const string ApplicationName = "ProSanteConnect";

    /// <summary>Needs <see cref="PscDbFactory"/> and <see cref="MasterKey"/> as services.</summary>
    public static IServiceCollection AddSharedDataProtection(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName(ApplicationName);
        services.AddOptions<KeyManagementOptions>().Configure<PscDbFactory, MasterKey>((keys, databases, masterKey) =>
        {
            keys.XmlRepository = new SealedKeyRepository(databases, masterKey);
            keys.XmlEncryptor = new PassThroughXmlEncryptor();
        });
        return services;
    }
}

/// <summary>
/// The keys of cookies and antiforgery tokens in the database, encrypted under the master key: every node decrypts what
/// another has encrypted, and a stolen dump discloses nothing (security-checklist T24).
/// </summary>
internal sealed class SealedKeyRepository(PscDbFactory databases, MasterKey masterKey) : IXmlRepository
{
    private const string Purpose = "data-protection-keys";

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = databases.Create();
        return [.. db.DataProtectionKeys.AsNoTracking().OrderBy(k => k.Id).Select(k => k.ProtectedXml).AsEnumerable().Select(Open)];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = databases.Create();
        db.Add(new DataProtectionKey { FriendlyName = friendlyName, ProtectedXml = Seal(element) });
        db.SaveChanges();
    }

    private byte[] Seal(XElement element) =>
        masterKey.Seal(Purpose, Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)));

    private XElement Open(byte[] sealedXml) => XElement.Parse(Encoding.UTF8.GetString(masterKey.Open(Purpose, sealedXml)));
}

/// <summary>
/// Does not encrypt: <see cref="SealedKeyRepository"/> encrypts the whole element. Without an encryptor the
/// framework warns at each start that keys are stored in clear.
/// </summary>
internal sealed class PassThroughXmlEncryptor : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(new XElement("sealedByRepository", new XElement(plaintextElement)), typeof(NullXmlDecryptor));
}
