package io.github.multiclientauth.testbed.provider.oauth;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A provider's id of an account. It derives from a context (the provider, and for pairwise ids the app) and the person. It is the same in
 * every run and different in every context, and one id does not reveal another.
 */
public final class AccountId {

    private final byte[] hash;

    private AccountId(byte[] hash) {
        this.hash = hash;
    }

    public static AccountId of(String context, long person) {
        return new AccountId(Sha256.of(context + " " + person));
    }

    /** {@code length} decimal digits, the first of them {@code 1}. */
    public String digits(int length) {
        BigInteger limit = BigInteger.TEN.pow(length - 1);
        return new BigInteger(1, hash).mod(limit).add(limit).toString();
    }

    /** {@code length} hexadecimal digits, 64 at most. */
    public String hex(int length) {
        return HexFormat.of().formatHex(hash).substring(0, length);
    }

    /** {@code length} characters of the URL-safe base 64 alphabet, 43 at most. */
    public String text(int length) {
        return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, 32)).substring(0, length);
    }
}
