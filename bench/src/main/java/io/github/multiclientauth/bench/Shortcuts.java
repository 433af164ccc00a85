package io.github.multiclientauth.bench;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.multiclientauth.facade.wire.KnownOrigins;
import io.github.multiclientauth.facade.wire.SetCookie;
import io.github.multiclientauth.origin.Origin;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What each shortcut of the session path saves: the work with it, and the same work without it.
 *
 * <p>{@code mvn -Pjmh -pl bench -am -Djmh.arguments=Shortcuts}. A shortcut stays if it saves 3 % of a session read.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Shortcuts {

    private static final String AES = "AES/CBC/PKCS5Padding";
    private static final int KEYS = 2;

    /** As many as {@code OpenedSessions} keeps, and ten times as many tokens. */
    private static final int KEPT = 1000;

    private static final int TOKENS = 10 * KEPT;
    private static final int TOKEN_CHARACTERS = 900;
    private static final int OPENED_BYTES = 1000;

    private final Random random = new Random(19);
    private int turn;

    private final String origin = "https://portfolio.example.com";
    private final String sealed = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(900));

    private final byte[] content = bytes(432);
    private final IvParameterSpec iv = new IvParameterSpec(bytes(16));
    private final SecretKeySpec[] keys = IntStream.range(0, KEYS)
            .mapToObj(i -> new SecretKeySpec(bytes(32), "AES"))
            .toArray(SecretKeySpec[]::new);
    private final Cipher[] ciphers =
            IntStream.range(0, KEYS).mapToObj(i -> newCipher()).toArray(Cipher[]::new);

    private final Cache<String, byte[]> opened =
            Caffeine.newBuilder().maximumSize(KEPT).executor(Runnable::run).build();
    private final char[][] tokens = IntStream.range(0, TOKENS)
            .mapToObj(i -> Base64.getUrlEncoder()
                    .encodeToString(bytes(TOKEN_CHARACTERS * 3 / 4))
                    .toCharArray())
            .toArray(char[][]::new);

    /** {@code KnownOrigins}, once a read. */
    @Benchmark
    public Optional<Origin> originRemembered() {
        return KnownOrigins.parse(origin);
    }

    @Benchmark
    public Optional<Origin> originParsed() {
        return Origin.parse(origin);
    }

    /** {@code Ciphers}, once an unseen read with keys in turn, four times a read with re-issue. */
    @Benchmark
    public byte[] cipherForEachKey() throws GeneralSecurityException {
        int key = next(KEYS);
        return encrypt(ciphers[key], keys[key]);
    }

    @Benchmark
    public byte[] oneCipher() throws GeneralSecurityException {
        return encrypt(ciphers[0], keys[next(KEYS)]);
    }

    @Benchmark
    public byte[] newCipherEachTime() throws GeneralSecurityException {
        return encrypt(newCipher(), keys[next(KEYS)]);
    }

    /** {@code SetCookie}, twice a read with re-issue. */
    @Benchmark
    public String sealedValueLookedAt() {
        return SetCookie.forBrowserSession("a", sealed, "/", true).header();
    }

    @Benchmark
    public String sealedValueEncoded() {
        return URLEncoder.encode(sealed, StandardCharsets.UTF_8);
    }

    /** {@code OpenedSessions}, once an unseen read: a token that comes for the first time is not kept. */
    @Benchmark
    public byte[] unseenNotKept() {
        String token = new String(tokens[next(TOKENS)]);
        byte[] known = opened.getIfPresent(token);
        return known == null ? new byte[OPENED_BYTES] : known;
    }

    @Benchmark
    public byte[] unseenKept() {
        String token = new String(tokens[next(TOKENS)]);
        byte[] known = opened.getIfPresent(token);
        if (known == null) {
            known = new byte[OPENED_BYTES];
            opened.put(token, known);
        }
        return known;
    }

    private int next(int count) {
        turn = turn + 1 >= count ? 0 : turn + 1;
        return turn;
    }

    private byte[] encrypt(Cipher cipher, SecretKeySpec key) throws GeneralSecurityException {
        cipher.init(Cipher.ENCRYPT_MODE, key, iv);
        return cipher.doFinal(content);
    }

    private static Cipher newCipher() {
        try {
            return Cipher.getInstance(AES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + AES, e);
        }
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
