using System.Globalization;
using Siaga.App.Dashboard.Api;
using Siaga.App.Dashboard.Localization;
using Siaga.App.Dashboard.Parts;

namespace Siaga.App.Dashboard.Companies;

/// <summary>Companies as the choices of a <c>PickBox</c>.</summary>
public static class CompanyChoices
{
    public static IEnumerable<(string Value, string Text)> Of(Localizer localizer, IReadOnlyList<Company> companies) =>
    [
        ("", localizer[AdminTexts.ChooseCompany]),
        .. companies.Select(c => (c.Id.ToString(CultureInfo.InvariantCulture), c.Name)),
    ];
}
