namespace Siaga.App.Dashboard.Api;

public static class ListSearch
{
    /// <summary>The index of the first match; -1 for none.</summary>
    public static int FindIndex<T>(this IReadOnlyList<T> items, Predicate<T> match)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (match(items[i]))
                return i;
        }

        return -1;
    }
}
