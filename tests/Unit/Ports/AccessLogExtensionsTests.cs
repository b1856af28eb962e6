using Siaga.Ports;

namespace Siaga.Tests.Unit.Ports;

public sealed class AccessLogExtensionsTests
{
    [Fact]
    public void A_page_is_one_entry_for_each_company_from_its_first_to_its_last_row()
    {
        var log = new Entries();
        log.PageIssued("anomalies", [(1, 120), (2, 90), (1, 71), (1, 99)]);
        Assert.Equal(["1 anomalies/71-120", "2 anomalies/90"], log.Written);
    }

    [Fact]
    public void An_empty_page_is_no_entry()
    {
        var log = new Entries();
        log.PageIssued("anomalies", []);
        Assert.Empty(log.Written);
    }

    private sealed class Entries : IAccessLog
    {
        public List<string> Written { get; } = [];

        public void LinksIssued(long companyId, string target) => Written.Add($"{companyId} {target}");
    }
}
