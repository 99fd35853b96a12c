using System.ComponentModel.DataAnnotations;
using ProSanteConnect.Core.Practitioners;

namespace ProSanteConnect.Server.Delivery.Mail;

/// <summary>The mail server (section <c>Smtp</c>). Without a host no mail is sent.</summary>
internal sealed class SmtpOptions : IValidatableObject
{
    /// <summary>For example <c>smtp.sante.example</c>; none by default.</summary>
    public string? Host { get; set; }

    /// <summary>From 1 to 65535; 587 by default.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary><c>StartTls</c> (default), <c>Implicit</c>, or <c>None</c> for a relay on this machine.</summary>
    public SmtpTls Tls { get; set; } = SmtpTls.StartTls;

    /// <summary>A PEM file with the authorities that the certificate of the mail server must chain to; those of the operating system by default.</summary>
    public string? TrustedAuthorities { get; set; }

    /// <summary>None by default: no authentication, for a server that accepts mails by IP address.</summary>
    public string? UserName { get; set; }

    public string? Password { get; set; }

    /// <summary>The sender's address, for example <c>e-cps@sante.example</c>.</summary>
    public string From { get; set; } = "";

    /// <summary>The sender's name; <c>ProSanteConnect</c> by default.</summary>
    public string FromName { get; set; } = "ProSanteConnect";

    /// <summary>The address of <c>Reply-To</c>; none by default.</summary>
    public string? ReplyTo { get; set; }

    /// <summary>How long each SMTP command may take. From 1 second to 1 minute; 10 seconds by default.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(Host)) yield break;

        if (!EmailAddress.TryParse(From, out _))
            yield return new ValidationResult("Smtp:From must be a mail address.", [nameof(From)]);
        if (ReplyTo is not null && !EmailAddress.TryParse(ReplyTo, out _))
            yield return new ValidationResult("Smtp:ReplyTo must be a mail address.", [nameof(ReplyTo)]);
        if (Tls == SmtpTls.None && !IsThisMachine(Host))
            yield return new ValidationResult("Smtp:Tls may be None for a relay on this machine alone.", [nameof(Tls)]);
        if (TrustedAuthorities is not null && !File.Exists(TrustedAuthorities))
            yield return new ValidationResult($"Smtp:TrustedAuthorities: there is no file {TrustedAuthorities}.", [nameof(TrustedAuthorities)]);
        if ((UserName is null) != (Password is null))
            yield return new ValidationResult("Smtp:UserName and Smtp:Password go together.", [nameof(UserName)]);
    }

    private static bool IsThisMachine(string host) => host is "localhost" or "127.0.0.1" or "::1";
}

/// <summary>How the connection to the mail server is protected.</summary>
internal enum SmtpTls
{
    /// <summary>Plain text until STARTTLS, which must succeed before any other command.</summary>
    StartTls,

    /// <summary>TLS from the first byte, usually at port 465.</summary>
    Implicit,

    /// <summary>No TLS; only for a relay on this machine.</summary>
    None,
}
