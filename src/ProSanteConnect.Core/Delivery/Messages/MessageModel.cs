using System.Text.Json.Serialization;

namespace ProSanteConnect.Core.Delivery.Messages;

/// <summary>
/// What one template is filled with: each property is a placeholder, <c>{{holder}}</c> for <c>Holder</c>. The name under which
/// a model is stored is the name of its template.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "template")]
[JsonDerivedType(typeof(ActivationQr), ActivationQr.Name)]
[JsonDerivedType(typeof(ActivationCode), ActivationCode.Name)]
[JsonDerivedType(typeof(ActivationNoticeSms), ActivationNoticeSms.Name)]
[JsonDerivedType(typeof(ECpsActivated), ECpsActivated.Name)]
[JsonDerivedType(typeof(ECpsBlocked), ECpsBlocked.Name)]
[JsonDerivedType(typeof(ECpsDeactivated), ECpsDeactivated.Name)]
[JsonDerivedType(typeof(ECpsExpiresSoon), ECpsExpiresSoon.Name)]
[JsonDerivedType(typeof(ECpsRenewed), ECpsRenewed.Name)]
[JsonDerivedType(typeof(ECpsReplaced), ECpsReplaced.Name)]
[JsonDerivedType(typeof(SignedInFromNewBrowser), SignedInFromNewBrowser.Name)]
[JsonDerivedType(typeof(SignInRequestWaits), SignInRequestWaits.Name)]
public abstract record MessageModel
{
    /// <summary>The name of the template's files, without language and form.</summary>
    [JsonIgnore]
    public abstract string Template { get; }

    /// <summary>A model is full of personal data: it does not print itself.</summary>
    public sealed override string ToString() => $"{Template}(***)";
}
