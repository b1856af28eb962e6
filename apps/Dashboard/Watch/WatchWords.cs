using Siaga.App.Dashboard.Language;

namespace Siaga.App.Dashboard.Watch;

public static class WatchWords
{
    public static readonly Words Title = new("Watch", "Pantau");
    public static readonly Words AllCalm = new("All calm", "Semua tenang");
    public static readonly Words AllCalmWhy = new("Nothing waits for a decision. New anomalies appear here by themselves.", "Tidak ada yang menunggu keputusan. Anomali baru muncul di sini dengan sendirinya.");
}
