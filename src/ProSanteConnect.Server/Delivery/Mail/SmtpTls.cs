namespace ProSanteConnect.Server.Delivery.Mail;

/// <summary>How the connection to the mail server is protected.</summary>
internal enum SmtpTls
{
    /// <summary>In clear until STARTTLS, which must succeed before anything else is said.</summary>
    StartTls,

    /// <summary>From the first byte, usually at port 465.</summary>
    Implicit,

    /// <summary>Not at all: for a relay on this machine.</summary>
    None,
}
