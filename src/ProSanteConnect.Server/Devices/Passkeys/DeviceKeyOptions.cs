using System.ComponentModel.DataAnnotations;

namespace ProSanteConnect.Server.Devices.Passkeys;

/// <summary>Which keys a phone may register (section <c>DeviceKey</c>).</summary>
internal sealed class DeviceKeyOptions
{
    /// <summary>
    /// Whether the phone itself must ask for a finger, a face or its own code: <c>preferred</c> (default), <c>required</c> or
    /// <c>discouraged</c>. The PIN of the e-CPS is asked in any case.
    /// </summary>
    [RegularExpression("preferred|required|discouraged", ErrorMessage = "DeviceKey:UserVerification is preferred, required or discouraged.")]
    public string UserVerification { get; set; } = "preferred";

    /// <summary>Whether the authenticator is asked what it is: <c>none</c> (default) or <c>direct</c>. What it says, asked or not, is kept and not judged.</summary>
    [RegularExpression("none|direct", ErrorMessage = "DeviceKey:Attestation is none or direct.")]
    public string Attestation { get; set; } = "none";

    /// <summary>
    /// Whether the holder's platform may copy the key to their other devices, as iCloud and Google do. True by default: most
    /// phones know no other keys. The device token, which is never copied, ties the e-CPS to one phone all the same.
    /// </summary>
    public bool AllowSyncedKeys { get; set; } = true;
}
