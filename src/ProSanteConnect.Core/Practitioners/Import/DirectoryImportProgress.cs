namespace ProSanteConnect.Core.Practitioners.Import;

public enum DirectoryImportStep
{
    /// <summary>Counted in bytes of the file.</summary>
    Reading,

    /// <summary>Counted in persons.</summary>
    Comparing,

    /// <summary>Counted in persons that change.</summary>
    Writing,
}

public readonly record struct DirectoryImportProgress(DirectoryImportStep Step, long Done, long Total);
