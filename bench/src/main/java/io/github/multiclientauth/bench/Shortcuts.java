package io.github.multiclientauth.bench;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.multiclientauth.facade.wire.KnownOrigins;
import io.github.multiclientauth.facade.wire.SetCookie;
import io.github.multiclientauth.origin.Origin;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Shows what each shortcut of the session path saves: it does the work with it and without it, in turns. A shortcut stays
 * if it saves 3 % of a session read.
 *
 * <p>What counts is the CPU time of the thread, and the median of the differences in one turn: the machine may be busy
 * with other things, and those slow both down.
 */
public final class Shortcuts {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long WARM_UP_NANOS = 3_000_000_000L;
    private static final long TURN_NANOS = 8_000_000L;
    private static final int TURNS = 51;

    private static final String AES = "AES/CBC/PKCS5Padding";

    /** The number of sessions that {@code OpenedSessions} keeps. There are ten times as many tokens. */
    private static final int KEPT = 1000;

    private static final int TOKENS = 10 * KEPT;
    private static final int TOKEN_BYTES = 700;
    private static final int OPENED_BYTES = 1000;

    /** The results go here, so that the JVM cannot leave the work out. */
    private static volatile long results;

    private final Random random = new Random(19);
    private final byte[] content = bytes(430);
    private final IvParameterSpec iv = new IvParameterSpec(bytes(16));
    private byte[] latest;

    private Shortcuts() {}

    /** Work that is done several times; a loop of its own, so that the JVM compiles each for itself. */
    @FunctionalInterface
    private interface Work {
        long run(int times) throws GeneralSecurityException;
    }

    public static void main(String[] arguments) throws GeneralSecurityException {
        Shortcuts shortcuts = new Shortcuts();
        shortcuts.origins();
        shortcuts.ciphers();
        shortcuts.cookies();
        shortcuts.openedSessions();
    }

    private void origins() throws GeneralSecurityException {
        String[] origins = {"https://portfolio.example.com", "http://localhost:3000"};
        compare(
                "KnownOrigins, once a read",
                times -> {
                    long sum = 0;
                    for (int i = 0; i < times; i++) {
                        sum += KnownOrigins.parse(origins[i & 1]).orElseThrow().port();
                    }
                    return sum;
                },
                times -> {
                    long sum = 0;
                    for (int i = 0; i < times; i++) {
                        sum += Origin.parse(origins[i & 1]).orElseThrow().port();
                    }
                    return sum;
                });
    }

    private void ciphers() throws GeneralSecurityException {
        SecretKeySpec[] keys = {new SecretKeySpec(bytes(32), "AES"), new SecretKeySpec(bytes(32), "AES")};
        Cipher[] ciphers = {Cipher.getInstance(AES), Cipher.getInstance(AES)};
        Cipher one = Cipher.getInstance(AES);
        compare(
                "Ciphers, once an unseen read with keys in turn, four times a read with re-issue",
                times -> {
                    long sum = 0;
                    for (int i = 0; i < times; i++) {
                        sum += encrypt(ciphers[i & 1], keys[i & 1]);
                    }
                    return sum;
                },
                times -> {
                    long sum = 0;
                    for (int i = 0; i < times; i++) {
                        sum += encrypt(one, keys[i & 1]);
                    }
                    return sum;
                });
        compare(
                "Ciphers that are kept at all, likewise",
                times -> {
                    long sum = 0;
                    for (int i = 0; i < times; i++) {
                        sum += encrypt(one, keys[0]);
                    }
                    return sum;
                },
                times -> {
                    long sum = 0;
                    for (int i = 0; i < times; i++) {
                        sum += encrypt(Cipher.getInstance(AES), keys[0]);
                    }
                    return sum;
                });
    }

    private long encrypt(Cipher cipher, SecretKeySpec key) throws GeneralSecurityException {
        cipher.init(Cipher.ENCRYPT_MODE, key, iv);
        return cipher.doFinal(content).length;
    }

    private void cookies() throws GeneralSecurityException {
        String[] sealed = {token(), token()};
        compare(
                "SetCookie, twice a read with re-issue",
                times -> {
                    long sum = 0;
                    for (int i = 0; i < times; i++) {
                        sum += SetCookie.forBrowserSession("a", sealed[i & 1], "/", true)
                                .header()
                                .length();
                    }
                    return sum;
                },
                times -> {
                    long sum = 0;
                    for (int i = 0; i < times; i++) {
                        sum += URLEncoder.encode(sealed[i & 1], StandardCharsets.UTF_8)
                                .length();
                    }
                    return sum;
                });
    }

    private void openedSessions() throws GeneralSecurityException {
        char[][] tokens =
                Stream.generate(() -> token().toCharArray()).limit(TOKENS).toArray(char[][]::new);
        Cache<String, byte[]> opened =
                Caffeine.newBuilder().maximumSize(KEPT).executor(Runnable::run).build();
        IntStream.range(0, KEPT).forEach(i -> opened.put(new String(tokens[i]), new byte[OPENED_BYTES]));
        int[] next = new int[2];
        compare(
                "OpenedSessions, once an unseen read: a token that comes for the first time is not kept",
                times -> {
                    long sum = 0;
                    for (int i = 0; i < times; i++) {
                        next[0] = (next[0] + 1) % TOKENS;
                        byte[] known = opened.getIfPresent(new String(tokens[next[0]]));
                        latest = known == null ? new byte[OPENED_BYTES] : known;
                        sum += latest.length;
                    }
                    return sum;
                },
                times -> {
                    long sum = 0;
                    for (int i = 0; i < times; i++) {
                        next[1] = (next[1] + 1) % TOKENS;
                        String token = new String(tokens[next[1]]);
                        byte[] known = opened.getIfPresent(token);
                        latest = known == null ? new byte[OPENED_BYTES] : known;
                        if (known == null) {
                            opened.put(token, latest);
                        }
                        sum += latest.length;
                    }
                    return sum;
                });
    }

    private static void compare(String what, Work with, Work without) throws GeneralSecurityException {
        warmUp(with);
        warmUp(without);
        int times = timesOfATurn(with);
        int timesWithout = timesOfATurn(without);
        double[] nanos = new double[TURNS];
        double[] saved = new double[TURNS];
        for (int i = 0; i < TURNS; i++) {
            nanos[i] = nanosOfOne(with, times);
            saved[i] = nanosOfOne(without, timesWithout) - nanos[i];
        }
        System.out.printf("%s: %.0f ns, saves %.0f ns%n", what, median(nanos), median(saved));
    }

    private static void warmUp(Work work) throws GeneralSecurityException {
        long end = THREADS.getCurrentThreadCpuTime() + WARM_UP_NANOS;
        while (THREADS.getCurrentThreadCpuTime() < end) {
            results += work.run(1000);
        }
    }

    private static int timesOfATurn(Work work) throws GeneralSecurityException {
        int times = 1000;
        while (nanosOfOne(work, times) * times < TURN_NANOS) {
            times *= 2;
        }
        return times;
    }

    private static double nanosOfOne(Work work, int times) throws GeneralSecurityException {
        long begin = THREADS.getCurrentThreadCpuTime();
        results += work.run(times);
        return (THREADS.getCurrentThreadCpuTime() - begin) / (double) times;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private String token() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(TOKEN_BYTES));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
