using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using Siaga.BlobStorage;
using Siaga.Tests.Unit.Fakes;

namespace Siaga.Tests.Unit.BlobStorage;

public sealed class StorageCheckTests
{
    private static readonly byte[] s_bytes = [1, 2, 3];
    private static readonly string s_sha256 = Convert.ToHexStringLower(SHA256.HashData(s_bytes));

    private readonly FakeTimeProvider _time = new();
    private readonly FakeStorage _storage = new();
    private readonly List<OwnedObject> _rows = [];
    private int _looked;

    [Fact]
    public async Task Rows_and_objects_that_agree_make_no_difference()
    {
        for (var i = 0; i < 40; i++)
            Has($"a/{i}");
        Assert.Empty(await DifferencesAsync(content: true));
        Assert.Equal(80, _looked);
    }

    [Fact]
    public async Task A_row_without_its_object_or_with_another_size_is_told()
    {
        Has("a/1");
        _rows.Add(new OwnedObject("backend", "a/2", 3, s_sha256));
        _rows.Add(new OwnedObject("backend", "a/3", 4, s_sha256));
        _storage.Objects["a/3"] = s_bytes;
        Assert.Equal(["missing_object a/2 backend", "wrong_size a/3 backend"], await DifferencesAsync());
    }

    [Fact]
    public async Task The_content_is_compared_only_if_asked_for()
    {
        _rows.Add(new OwnedObject("backend", "a/1", 3, new string('0', 64)));
        _storage.Objects["a/1"] = s_bytes;
        Assert.Empty(await DifferencesAsync());
        Assert.Equal(["wrong_content a/1 backend"], await DifferencesAsync(content: true));
    }

    [Theory]
    [InlineData(299, false)]
    [InlineData(300, true)]
    public async Task An_object_without_a_row_is_an_orphan_once_an_upload_would_have_its_row(int seconds, bool isOrphan)
    {
        _storage.Objects["a/1"] = s_bytes;
        _storage.WrittenAt = _time.GetUtcNow().AddSeconds(-seconds);
        Assert.Equal(isOrphan ? ["orphan_object a/1 "] : [], await DifferencesAsync());
    }

    [Fact]
    public async Task More_orphans_than_are_asked_about_at_once_are_all_told()
    {
        Has("b/1");
        for (var i = 0; i < 1001; i++)
            _storage.Objects[$"a/{i}"] = s_bytes;
        Assert.Equal(1001, (await DifferencesAsync()).Count);
    }

    [Fact]
    public async Task The_rows_of_all_owners_are_counted()
    {
        Has("a/1");
        Assert.Equal(2, await new StorageCheck(_storage, [new Owner(_rows), new Owner(_rows)], _time).CountAsync(CancellationToken.None));
    }

    private void Has(string key)
    {
        _rows.Add(new OwnedObject("backend", key, s_bytes.Length, s_sha256));
        _storage.Objects[key] = s_bytes;
    }

    private async Task<List<string>> DifferencesAsync(bool content = false)
    {
        var check = new StorageCheck(_storage, [new Owner([]), new Owner(_rows)], _time);
        var found = new List<string>();
        await foreach (var difference in check.RunAsync(content, () => _looked++, CancellationToken.None))
            found.Add($"{difference.Kind} {difference.Key} {difference.Owner}");
        return found;
    }

    private sealed class Owner(List<OwnedObject> rows) : IObjectOwner
    {
        public Task<long> CountAsync(CancellationToken cancellationToken) => Task.FromResult((long)rows.Count);

        public IAsyncEnumerable<OwnedObject> ListAsync(CancellationToken cancellationToken) => rows.ToAsyncEnumerable();

        public Task<IReadOnlyCollection<string>> KnownAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyCollection<string>>([.. rows.Select(r => r.Key).Intersect(keys, StringComparer.Ordinal)]);
    }
}
