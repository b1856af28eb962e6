using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Siaga.Web;

/// <summary>
/// Derives names and fingerprints of idempotent calls and encrypts their answers, with keys derived from the signing key, so that the
/// stored rows reveal nothing by themselves.
/// </summary>
internal sealed class CallSeal(IOptions<AuthOptions> options)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;

    private readonly byte[] _key = options.Value.DeriveKey("siaga idempotency");

    /// <summary>The stored name of a caller's idempotency key; different for every caller.</summary>
    public string NameOf(Caller caller, string key) => Mark($"{caller.UserId} {key}");

    public string FingerprintOf(string path, string body) => Mark($"{path}\n{body}");

    public byte[] Seal(string key, byte[] body)
    {
        var output = new byte[NonceBytes + TagBytes + body.Length];
        var nonce = output.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = CipherOf(key);
        cipher.Encrypt(nonce, body, output.AsSpan(NonceBytes + TagBytes), output.AsSpan(NonceBytes, TagBytes));
        return output;
    }

    public byte[] Open(string key, byte[] box)
    {
        var body = new byte[box.Length - NonceBytes - TagBytes];
        using var cipher = CipherOf(key);
        cipher.Decrypt(box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), body);
        return body;
    }

    private AesGcm CipherOf(string key) =>
        new(
            HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, KeyBytes, salt: Encoding.UTF8.GetBytes(key), info: "answer"u8.ToArray()),
            TagBytes);

    private string Mark(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text)));
}
