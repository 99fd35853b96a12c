using System.ComponentModel.DataAnnotations;

namespace ProSanteConnect.Core.Enrolment;

/// <summary>How long the steps of an activation may take and how often they may be tried (section <c>Activation</c>; security-checklist §5).</summary>
public sealed class ActivationOptions
{
    /// <summary>How long a QR code on the portal may be scanned before the page renews it. From 30 seconds to 5 minutes; 90 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:30", "00:05:00")]
    public TimeSpan QrCodeLifetime { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>How long a QR code that was mailed may be scanned. From 10 minutes to 24 hours; 1 hour by default.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "1.00:00:00")]
    public TimeSpan MailedQrCodeLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long the phone may take from the mailed QR code to the right SMS code. From 5 to 30 minutes; 15 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "00:30:00")]
    public TimeSpan PairingLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a code of six digits may be typed. From 1 to 10 minutes; 5 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "00:10:00")]
    public TimeSpan CodeLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often one code may be tried. From 1 to 5; 3 by default.</summary>
    [Range(1, 5)]
    public int CodeTries { get; set; } = 3;

    /// <summary>How many phones one card session may pair, right or wrong. From 1 to 10; 5 by default.</summary>
    [Range(1, 10)]
    public int PairingsPerSession { get; set; } = 5;

    /// <summary>How many SMS one activation may send. From 1 to 5; 3 by default.</summary>
    [Range(1, 5)]
    public int CodeSends { get; set; } = 3;

    /// <summary>How long to wait between two SMS of one activation. From 30 seconds to 5 minutes; 60 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:30", "00:05:00")]
    public TimeSpan CodeSendInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many SMS go to one telephone number in a day. From 1 to 20; 5 by default.</summary>
    [Range(1, 20)]
    public int CodeSendsPerNumberAndDay { get; set; } = 5;

    /// <summary>How many activations by contact details one RPPS number may begin in a day; a card is never held back. From 1 to 20; 5 by default.</summary>
    [Range(1, 20)]
    public int RequestsPerHolderAndDay { get; set; } = 5;

    /// <summary>How long the phone may take from the right code to its key and PIN. From 5 to 30 minutes; 10 minutes by default.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "00:30:00")]
    public TimeSpan EnrolmentLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a phone waits between two questions whether the code was typed, in seconds. From 1 to 10; 2 by default.</summary>
    [Range(1, 10)]
    public int PollSeconds { get; set; } = 2;
}
