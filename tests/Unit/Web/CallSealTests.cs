using System.Security.Cryptography;
using CsCheck;
using Microsoft.Extensions.Options;
using Siaga.Tests.Unit.Fakes;
using Siaga.Web;

namespace Siaga.Tests.Unit.Web;

public sealed class CallSealTests
{
    private static readonly Caller s_caller = new(3, "a@b.example", 7, Role.User, "s1", DateTimeOffset.UnixEpoch);

    private readonly CallSeal _seal = SealOf(FakeRequest.SigningKey);

    [Fact]
    public void What_was_sealed_is_opened_with_the_same_key() =>
        Gen.Select(Gen.String[0, 20], Gen.Byte.Array[0, 100]).Sample((key, body) =>
            _seal.Open(key, _seal.Seal(key, body)).SequenceEqual(body));

    [Fact]
    public void Another_key_another_installation_or_a_changed_box_opens_nothing()
    {
        var box = _seal.Seal("key", [1, 2, 3]);
        Assert.ThrowsAny<CryptographicException>(() => _seal.Open("other", box));
        Assert.ThrowsAny<CryptographicException>(() => SealOf("A" + FakeRequest.SigningKey[1..]).Open("key", box));
        box[^1] ^= 1;
        Assert.ThrowsAny<CryptographicException>(() => _seal.Open("key", box));
    }

    [Fact]
    public void The_same_text_is_never_sealed_alike() => Assert.NotEqual(_seal.Seal("key", [1, 2, 3]), _seal.Seal("key", [1, 2, 3]));

    [Fact]
    public void A_name_belongs_to_its_caller_and_a_fingerprint_to_its_path_and_body()
    {
        Assert.Equal(_seal.NameOf(s_caller, "key"), _seal.NameOf(s_caller with { SessionId = "s2" }, "key"));
        Assert.NotEqual(_seal.NameOf(s_caller, "key"), _seal.NameOf(s_caller with { UserId = 4 }, "key"));
        Assert.NotEqual(_seal.NameOf(s_caller, "key"), _seal.NameOf(s_caller, "yek"));
        Assert.Equal(_seal.FingerprintOf("/a", "b"), _seal.FingerprintOf("/a", "b"));
        Assert.NotEqual(_seal.FingerprintOf("/a", "b"), _seal.FingerprintOf("/a", "c"));
        Assert.NotEqual(_seal.FingerprintOf("/a", "b"), _seal.FingerprintOf("/b", "b"));
    }

    private static CallSeal SealOf(string key) => new(Options.Create(new AuthOptions { SigningKey = key }));
}
