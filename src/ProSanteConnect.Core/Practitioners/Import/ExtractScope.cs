namespace ProSanteConnect.Core.Practitioners.Import;

public enum ExtractScope
{
    /// <summary>The file lists everybody: whoever it leaves out is delisted.</summary>
    Full,

    /// <summary>The file says nothing about whoever it leaves out.</summary>
    Partial,
}
