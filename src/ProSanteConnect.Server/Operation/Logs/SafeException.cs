using System.Text;

namespace ProSanteConnect.Server.Operation.Logs;

/// <summary>Another exception without its messages.</summary>
internal sealed class SafeException(Exception exception) : Exception
{
    public override string Message => "";

    public override string ToString()
    {
        var text = new StringBuilder();
        for (var current = exception; current is not null; current = current.InnerException)
        {
            if (text.Length > 0) text.Append(" ---> ");
            text.Append(current.GetType().FullName).AppendLine().AppendLine(current.StackTrace);
        }

        return text.ToString().TrimEnd();
    }
}
