namespace ProSanteConnect.Core.Delivery.Messages;

/// <summary>A message by SMS: one line.</summary>
public abstract record SmsModel : MessageModel;
