using System.Security.Cryptography;
using ProSanteConnect.Core.Security;

namespace ProSanteConnect.Testing;

/// <summary>Keys for one run of the tests.</summary>
public static class TestKeys
{
    public static MasterKey Master { get; } = new(RandomNumberGenerator.GetBytes(MasterKey.Size));
}
