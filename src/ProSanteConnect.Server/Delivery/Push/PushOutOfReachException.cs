namespace ProSanteConnect.Server.Delivery.Push;

/// <summary>A name leads to where no push service is.</summary>
internal sealed class PushOutOfReachException() : IOException("The address is out of reach.");
