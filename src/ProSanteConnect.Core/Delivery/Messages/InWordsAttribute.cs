namespace ProSanteConnect.Core.Delivery.Messages;

/// <summary>The value is a code, which is said in words in the language of the message.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InWordsAttribute : Attribute;
