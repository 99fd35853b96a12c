using System.ComponentModel.DataAnnotations;

namespace ProSanteConnect.Core.Devices;

/// <summary>How long an e-CPS lasts and what guards it (section <c>ECps</c>; security-checklist §5).</summary>
public sealed class ECpsOptions
{
    /// <summary>How long an e-CPS is valid, in years (RIE-PS 08: 3 at most). From 1 to 3; 3 by default.</summary>
    [Range(1, 3)]
    public int ValidityYears { get; set; } = 3;

    /// <summary>How long before its end an e-CPS may be renewed. From 7 to 180 days; 90 days by default.</summary>
    [Range(typeof(TimeSpan), "7.00:00:00", "180.00:00:00")]
    public TimeSpan RenewalWindow { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How many digits a PIN has. From 4 to 8; 4 by default.</summary>
    [Range(4, 8)]
    public int PinLength { get; set; } = 4;

    /// <summary>After how many wrong PINs in a row the e-CPS becomes inactive. From 3 to 5; 3 by default.</summary>
    [Range(3, 5)]
    public int PinTries { get; set; } = 3;

    /// <summary>
    /// How long a device token is valid; each rotation restarts the period, and no token outlives its e-CPS.
    /// From 30 to 1096 days; 1096 days by default, as the e-CPS itself.
    /// </summary>
    [Range(typeof(TimeSpan), "30.00:00:00", "1096.00:00:00")]
    public TimeSpan DeviceTokenLifetime { get; set; } = TimeSpan.FromDays(1096);

    /// <summary>How long the phone may take to answer a WebAuthn challenge. From 30 seconds to 10 minutes; 5 minutes by default,
    /// because a person looks for the finger, the face or the code of the phone.</summary>
    [Range(typeof(TimeSpan), "00:00:30", "00:10:00")]
    public TimeSpan CeremonyLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The end of a device token that is issued now.</summary>
    internal DateTimeOffset DeviceTokenEnd(DateTimeOffset now, DateTimeOffset eCpsEnd)
    {
        var end = now + DeviceTokenLifetime;
        return end < eCpsEnd ? end : eCpsEnd;
    }
}
