using System.Security.Cryptography;
using System.Text;

namespace Siaga.BlobStorage.Files;

/// <summary>Signs URLs that allow reading one object until they expire: HMAC-SHA256 over the key and the expiry second.</summary>
internal sealed class UrlSigner
{
    public const string PathPrefix = "/blobs/";

    private readonly byte[] _key;
    private readonly TimeProvider _time;

    public UrlSigner(byte[] key, TimeProvider time)
    {
        if (key.Length < 32)
            throw new ArgumentException("The key that signs reading URLs has fewer than 32 bytes.", nameof(key));
        _key = key;
        _time = time;
    }

    public string Sign(string blobKey, TimeSpan lifetime)
    {
        var expires = (_time.GetUtcNow() + lifetime).ToUnixTimeSeconds();
        return $"{PathPrefix}{blobKey}?expires={expires}&signature={SignatureOf(blobKey, expires)}";
    }

    public bool IsValid(string blobKey, long expires, string signature) =>
        expires >= _time.GetUtcNow().ToUnixTimeSeconds()
        && CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(SignatureOf(blobKey, expires)), Encoding.UTF8.GetBytes(signature));

    private string SignatureOf(string blobKey, long expires) => Convert.ToHexStringLower(
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"siaga-read-v1\n{blobKey}\n{expires}")));
}
