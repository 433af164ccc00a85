package io.github.multiclientauth.facade.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64;
import io.github.multiclientauth.facade.seal.FileAccess;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The facade's own keys, which prove that it acts for a client ({@code private_key_jwt}). They are a JWK Set in a file.
 * Replicas share the file, and it may change while they run.
 *
 * <p>A new key is published at once and signs later, because Keycloak caches keys and does not read them again within
 * ten seconds (observed on 26.7.3). An old key stays published until it is removed from the file.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7523#section-2.2">RFC 7523, section 2.2</a>
 */
public final class ClientKeys {

    private static final int SMALLEST_RSA_BITS = 2048;

    private static final Map<JWSAlgorithm, Curve> CURVES =
            Map.of(JWSAlgorithm.ES256, Curve.P_256, JWSAlgorithm.ES384, Curve.P_384, JWSAlgorithm.ES512, Curve.P_521);

    /** How long a replaced key stays in the file. Every replica has read the new one long before. */
    private static final Duration KEPT_AFTER_ROTATION = Duration.ofHours(24);

    private final Path file;
    private final Duration publishFirst;
    private final FileAccess access;
    private final Consumer<String> log;
    private final Clock clock;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile Loaded loaded;

    /** @param newestFirst sorted by issue time */
    private record Loaded(FileTime at, List<JWK> newestFirst) {}

    /** The keys cannot be used. The message is for the operator. It names the file and never contains a key. */
    public static final class UnusableKeysException extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        UnusableKeysException(Path file, String why) {
            this(file + " " + why);
        }

        UnusableKeysException(String problem) {
            super("mca.client-key.file: " + problem);
        }
    }

    private ClientKeys(Path file, Duration publishFirst, FileAccess access, Consumer<String> log, Clock clock) {
        this.file = file;
        this.publishFirst = publishFirst;
        this.access = access;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Reads keys from a file. If the file does not exist, it is created with a new key.
     *
     * @param publishFirst how long a key is published before it signs, unless it is the only one
     * @param access the users who may have access to the file
     * @param log receives the reason, once, when the file becomes unusable
     * @throws UnusableKeysException if the file cannot be created or read, is open to other users, or contains anything
     *     but private signing keys
     */
    public static ClientKeys inFile(
            Path file, Duration publishFirst, FileAccess access, Consumer<String> log, Clock clock) {
        ClientKeys keys = new ClientKeys(file, publishFirst, access, log, clock);
        if (!Files.exists(file)) {
            keys.write(List.of(keys.generate()), true);
        }
        keys.loaded = keys.read();
        return keys;
    }

    /** The current signing key. */
    JWK signing() {
        return signing(key -> true).orElseThrow();
    }

    /** The newest of some keys that has been published long enough, or else the oldest of them. */
    private Optional<JWK> signing(Predicate<JWK> some) {
        Instant since = clock.instant().minus(publishFirst);
        List<JWK> keys = current().stream().filter(some).toList();
        return keys.stream()
                .filter(key -> !issuedAt(key).isAfter(since))
                .findFirst()
                .or(() -> keys.stream().reduce((newer, older) -> older));
    }

    /**
     * The current signing key for one algorithm. If the file has no such key, one is added to it, and signs at once.
     *
     * @param algorithm one that RSA keys or keys of {@link #CURVES} sign with; any other is left to {@link #signing()},
     *     so that Keycloak says what is wrong
     */
    JWK signing(JWSAlgorithm algorithm) {
        Optional<JWK> known = signing(key -> fits(key, algorithm));
        if (known.isPresent() || !CURVES.containsKey(algorithm) && !JWSAlgorithm.Family.RSA.contains(algorithm)) {
            return known.orElseGet(this::signing);
        }
        synchronized (this) {
            return signing(key -> fits(key, algorithm)).orElseGet(() -> added(algorithm));
        }
    }

    private static boolean fits(JWK key, JWSAlgorithm algorithm) {
        return key instanceof ECKey ec
                ? ec.getCurve().equals(CURVES.get(algorithm))
                : JWSAlgorithm.Family.RSA.contains(algorithm);
    }

    /** Adds a key that counts as old, so that clients that leave the algorithm to the facade keep theirs. */
    private JWK added(JWSAlgorithm algorithm) {
        try {
            JWK key = CURVES.containsKey(algorithm)
                    ? new ECKeyGenerator(CURVES.get(algorithm))
                            .keyUse(KeyUse.SIGNATURE)
                            .keyIDFromThumbprint(true)
                            .generate()
                    : new RSAKeyGenerator(SMALLEST_RSA_BITS)
                            .keyUse(KeyUse.SIGNATURE)
                            .keyIDFromThumbprint(true)
                            .generate();
            List<JWK> keys = new ArrayList<>(read().newestFirst());
            keys.add(key);
            write(keys, false);
            loaded = read();
            return key;
        } catch (JOSEException e) {
            throw new IllegalStateException("Every JDK has such keys", e);
        } catch (UnusableKeysException e) {
            tell(e);
            return signing();
        }
    }

    /**
     * A key in words, without any of its parts.
     *
     * @param type for example {@code EC P-256}
     * @param issuedAt empty for a key that does not say it
     * @param certifiedUntil when its certificate expires; empty if it has none
     */
    public record Description(
            String id, String type, Use use, Optional<Instant> issuedAt, Optional<Instant> certifiedUntil) {}

    /** What a key is for at the moment. */
    public enum Use {
        /** Signs, unless a client demands another algorithm. */
        SIGNING,
        /** Is published already and signs later. */
        ANNOUNCED,
        /** Stays published: it was replaced, or signs for clients that demand its algorithm. */
        PUBLISHED
    }

    /** The keys in words, for the operator, newest first. */
    public List<Description> descriptions() {
        JWK signing = signing();
        return current().stream()
                .map(key -> new Description(
                        key.getKeyID(),
                        key instanceof ECKey ec ? "EC " + ec.getCurve() : "RSA " + key.size(),
                        key.equals(signing) ? Use.SIGNING : isAnnounced(key) ? Use.ANNOUNCED : Use.PUBLISHED,
                        Optional.ofNullable(key.getIssueTime()).map(Date::toInstant),
                        Optional.ofNullable(key.getParsedX509CertChain())
                                .filter(chain -> !chain.isEmpty())
                                .map(chain -> chain.get(0).getNotAfter().toInstant())))
                .toList();
    }

    private boolean isAnnounced(JWK key) {
        return issuedAt(key).isAfter(clock.instant().minus(publishFirst));
    }

    /** The keys that have a certificate ({@code x5c}, RFC 7517, section 4.7), which the facade can show to a server. */
    List<JWK> withCertificate() {
        return current().stream()
                .filter(key -> key.getParsedX509CertChain() != null
                        && !key.getParsedX509CertChain().isEmpty())
                .toList();
    }

    /**
     * The certificates of the keys, in PEM, for Keycloak's trust store. Keys that were made by an earlier release have
     * none. {@link #rotate()} makes one that has.
     */
    public List<String> certificates() {
        return withCertificate().stream()
                .map(key -> "-----BEGIN CERTIFICATE-----\n"
                        + key.getX509CertChain()
                                .get(0)
                                .toString()
                                .replaceAll("(.{64})", "$1\n")
                                .strip()
                        + "\n-----END CERTIFICATE-----\n")
                .toList();
    }

    /** The JWK Set to publish, without private parts. */
    public String published() {
        return new JWKSet(current()).toPublicJWKSet().toString();
    }

    /**
     * Adds a new key to the file and removes keys that were replaced long ago. The new key signs after it has been
     * published long enough.
     */
    public void rotate() {
        List<JWK> keys = new ArrayList<>(List.of(generate()));
        Instant kept = clock.instant().minus(KEPT_AFTER_ROTATION);
        Instant replacedAt = Instant.MAX;
        for (JWK key : read().newestFirst()) {
            if (replacedAt.isAfter(kept)) {
                keys.add(key);
            }
            replacedAt = issuedAt(key);
        }
        write(keys, false);
    }

    /** The keys in the file. While the file is being written or is broken, the keys that it had before. */
    private List<JWK> current() {
        Loaded known = loaded;
        try {
            if (!Files.getLastModifiedTime(file).equals(known.at())) {
                known = read();
                loaded = known;
            } else {
                // chmod and chown do not change the modification time.
                checkAccess();
            }
            told.set(false);
        } catch (IOException e) {
            tell(new UnusableKeysException(file, unreadable(e)));
        } catch (UnusableKeysException e) {
            tell(e);
        }
        return known.newestFirst();
    }

    /** Reports the problem once. The next call tries the file again. */
    private void tell(UnusableKeysException problem) {
        if (!told.getAndSet(true)) {
            log.accept(problem.getMessage());
        }
    }

    private static String unreadable(IOException e) {
        return e instanceof NoSuchFileException
                ? "is not there"
                : "cannot be read: " + e.getClass().getSimpleName();
    }

    private Loaded read() {
        try {
            FileTime at = Files.getLastModifiedTime(file);
            checkAccess();
            List<JWK> keys = new ArrayList<>();
            for (JWK key : JWKSet.parse(Files.readString(file)).getKeys()) {
                keys.add(usable(key));
            }
            if (keys.isEmpty()) {
                throw new UnusableKeysException(file, "holds no key");
            }
            keys.sort(Comparator.comparing(ClientKeys::issuedAt).reversed());
            return new Loaded(at, List.copyOf(keys));
        } catch (IOException e) {
            throw new UnusableKeysException(file, unreadable(e));
        } catch (ParseException e) {
            // Without the message, which may quote the text.
            throw new UnusableKeysException(file, "is no JWK Set (RFC 7517, section 5)");
        } catch (JOSEException e) {
            throw new UnusableKeysException(file, "holds a key without a thumbprint");
        }
    }

    private void checkAccess() throws IOException {
        access.problem(file).ifPresent(problem -> {
            throw new UnusableKeysException(problem);
        });
    }

    private JWK usable(JWK key) throws JOSEException {
        if (!key.isPrivate()) {
            throw new UnusableKeysException(file, "holds a key without its private part");
        }
        if (key instanceof ECKey ec) {
            if (!CURVES.containsValue(ec.getCurve())) {
                throw new UnusableKeysException(file, "holds a key of the curve " + ec.getCurve());
            }
            return key.getKeyID() == null
                    ? new ECKey.Builder(ec).keyIDFromThumbprint().build()
                    : key;
        }
        if (key instanceof RSAKey rsa) {
            if (rsa.size() < SMALLEST_RSA_BITS) {
                throw new UnusableKeysException(
                        file, "holds an RSA key of " + rsa.size() + " bits, which is too short");
            }
            return key.getKeyID() == null
                    ? new RSAKey.Builder(rsa).keyIDFromThumbprint().build()
                    : key;
        }
        throw new UnusableKeysException(file, "holds a key of type " + key.getKeyType() + ": EC or RSA is wanted");
    }

    /** The issue time of a key. A key without one was added by the operator and counts as old. */
    private static Instant issuedAt(JWK key) {
        return key.getIssueTime() == null ? Instant.EPOCH : key.getIssueTime().toInstant();
    }

    private JWK generate() {
        try {
            ECKey key = new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .keyIDFromThumbprint(true)
                    .issueTime(Date.from(clock.instant()))
                    .generate();
            return new ECKey.Builder(key)
                    .x509CertChain(List.of(Base64.encode(SelfSignedCertificate.of(key, clock.instant()))))
                    .build();
        } catch (JOSEException | GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has P-256", e);
        }
    }

    /** Writes the file so that only the owner can ever read it, and readers see either the old file or the new one. */
    private void write(List<JWK> keys, boolean first) {
        String text = new JWKSet(keys).toString(false) + System.lineSeparator();
        try {
            Path temporary = Files.createTempFile(
                    file.toAbsolutePath().getParent(),
                    "client-key",
                    ".new",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(temporary, text, StandardOpenOption.TRUNCATE_EXISTING);
            if (first) {
                link(temporary);
            } else {
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UnusableKeysException(
                    file,
                    "cannot be written, is its folder there and writable? "
                            + e.getClass().getSimpleName());
        }
    }

    /** Creates the file unless it exists: of replicas that start together one creates it, and all use it. */
    private void link(Path temporary) throws IOException {
        try {
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException othersWereFaster) {
            // The other replica's file is just as good.
        } finally {
            Files.delete(temporary);
        }
    }

    @Override
    public String toString() {
        return "ClientKeys[" + file + "]";
    }
}
