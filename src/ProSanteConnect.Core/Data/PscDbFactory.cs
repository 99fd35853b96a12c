namespace ProSanteConnect.Core.Data;

/// <summary>Makes a fresh context for a unit of work that has no request of its own: a job, a start-up step, a command.</summary>
public sealed class PscDbFactory(Func<PscDb> create)
{
    public PscDb Create() => create();
}
