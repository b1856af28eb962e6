namespace Siaga.Accounts;

/// <summary>
/// Passwords that attackers guess first: common words, with any digits and symbols around them or in place of letters; at most two
/// different characters; runs of the keyboard and of the alphabet.
/// </summary>
internal static class CommonPasswords
{
    private static readonly HashSet<string> s_words = new(
        (
            "password passwort passw pass passwd secret letmein welcome login admin administrator root user guest test testing master "
            + "changeme default system computer internet google facebook samsung apple android windows microsoft cisco oracle server "
            + "database access monkey dragon shadow sunshine princess football baseball basketball soccer hockey superman batman "
            + "spiderman starwars pokemon michael jordan jennifer jessica ashley daniel thomas robert charlie andrew matthew joshua "
            + "anthony william nicole hannah amanda iloveyou loveyou lovely forever angel flower summer winter spring autumn orange "
            + "banana cookie chocolate pepper ginger whatever trustno freedom hello killer hunter ranger buster tigger snoopy jordan "
            + "harley mustang corvette ferrari mercedes yamaha porsche liverpool chelsea arsenal barcelona juventus realmadrid "
            + "manchester phoenix matrix diamond silver golden purple yellow "
            + "rahasia sayang sayangku cintaku bismillah indonesia merdeka garuda jakarta bandung surabaya semarang medan bali anjing "
            + "kucing sandi katasandi pengguna masuk selamat terima kasih keluarga bahagia doraemon siaga camera kamera cctv security "
            + "keamanan satpam qwerty qwertyuiop qwertyui qwert asdf asdfgh asdfghjk asdfghjkl zxcv zxcvbn zxcvbnm qazwsx qazwsxedc "
            + "qweasd qweasdzxc azerty abc abcd abcde abcdef abcdefg abcdefgh abcabc aabbcc a").Split(' '),
        StringComparer.Ordinal);

    private static readonly string[] s_rows =
    [
        "01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba",
        "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "112233445566778899",
        "12341234123412341234", "12312312312312312312", "11112222333344445555", "zaq12wsxcde34rfvbgt56yhn",
    ];

    /// <param name="email">The account's e-mail, if known: neither it nor the name before the @ is an acceptable password.</param>
    public static bool Contains(string password, string? email)
    {
        var lower = password.ToLowerInvariant();
        if (lower.Distinct().Count() <= 2 || s_rows.Any(row => row.Contains(lower, StringComparison.Ordinal)))
            return true;
        if (email is not null && (lower == email || Bare(lower) == Bare(email.Split('@')[0])))
            return true;
        return IsWord(Bare(lower)) || IsWord(Bare(Plain(lower)));
    }

    // A word, or the same word twice.
    private static bool IsWord(string text) =>
        s_words.Contains(text)
        || (text.Length > 0 && text.Length % 2 == 0
            && text[..(text.Length / 2)] == text[(text.Length / 2)..]
            && s_words.Contains(text[..(text.Length / 2)]));

    /// <summary>Removes everything before the first letter and after the last.</summary>
    private static string Bare(string text)
    {
        var first = text.AsSpan().IndexOfAnyInRange('a', 'z');
        return first < 0 ? "" : text[first..(text.AsSpan().LastIndexOfAnyInRange('a', 'z') + 1)];
    }

    /// <summary>Replaces digits and symbols with the letters that they stand for, after removing them from the end.</summary>
    private static string Plain(string text) => string.Concat(text.TrimEnd("0123456789!?.#".ToCharArray()).Select(c => c switch
    {
        '0' => 'o',
        '1' or '!' => 'i',
        '3' => 'e',
        '4' or '@' => 'a',
        '5' or '$' => 's',
        '7' => 't',
        '8' => 'b',
        _ => c,
    }));
}
