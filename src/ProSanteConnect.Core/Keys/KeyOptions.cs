using System.ComponentModel.DataAnnotations;

namespace ProSanteConnect.Core.Keys;

/// <summary>Storage and rotation of the signing keys (section <c>Keys</c>; security-checklist §0.10 and §5).</summary>
public sealed class KeyOptions : IValidatableObject
{
    public const string Section = "Keys";

    /// <summary>The path of the master key file, shared by all nodes and readable by the service only. Required.</summary>
    [Required]
    public string MasterKeyFile { get; set; } = "master.key";

    /// <summary>How long a key signs. From 7 to 366 days; 90 days by default.</summary>
    [Range(typeof(TimeSpan), "7.00:00:00", "366.00:00:00")]
    public TimeSpan RotationInterval { get; set; } = TimeSpan.FromDays(90);

    /// <summary>
    /// How long a key is published before it signs, so that cached key sets contain it in time. From 2 to 90 days; 14 days by
    /// default; shorter than <see cref="RotationInterval"/>.
    /// </summary>
    [Range(typeof(TimeSpan), "2.00:00:00", "90.00:00:00")]
    public TimeSpan AnnounceTime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>
    /// How long a key stays published after it has stopped signing, for tokens that are still valid. From 2 to 90 days; 14 days by
    /// default.
    /// </summary>
    [Range(typeof(TimeSpan), "2.00:00:00", "90.00:00:00")]
    public TimeSpan RetirementTime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>
    /// The size of new RSA keys in bits: 2048 (default), 3072 or 4096. The relying parties of PSC accept RS256 only, and a signature with
    /// 3072 bits takes seven times as long as with 2048 (openiddict-notes §6).
    /// </summary>
    [AllowedValues(2048, 3072, 4096)]
    public int RsaKeySize { get; set; } = 2048;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AnnounceTime >= RotationInterval)
            yield return new ValidationResult(
                $"{nameof(AnnounceTime)} ({AnnounceTime}) must be shorter than {nameof(RotationInterval)} ({RotationInterval}).",
                [nameof(AnnounceTime), nameof(RotationInterval)]);
    }
}
