package io.github.multiclientauth.facade.wire;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A short code on error pages that the operator finds in the log. It is the same for all requests of a browser session, so
 * that it leads from the error page to the refusal before it. A redirect to the error page carries it as well, for browsers
 * without cookies. Nothing is stored for it.
 *
 * <p>Made when it is first needed: most requests succeed and need none.
 */
public final class Reference {

    private static final int BYTES = 4;
    private static final Pattern WRITTEN = Pattern.compile("[0-9A-F]{8}");

    private final Supplier<String> maker;
    private volatile String value;

    private Reference(Supplier<String> maker) {
        this.maker = maker;
    }

    /** @param value eight characters */
    public Reference(String value) {
        this(() -> value);
    }

    /**
     * Reads a reference that a redirect carries: a browser without cookies has no other way to keep it.
     *
     * @return empty if the text is no reference
     */
    public static Optional<Reference> read(String text) {
        return Optional.of(text).filter(WRITTEN.asMatchPredicate()).map(Reference::new);
    }

    /** Makes the reference of a browser from its CSRF cookie. Without that cookie it is random. */
    public static Reference of(Supplier<Optional<String>> csrfCookie, SecureRandom random) {
        return new Reference(() -> make(csrfCookie.get(), random));
    }

    private static String make(Optional<String> csrfCookie, SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        if (csrfCookie.isPresent()) {
            System.arraycopy(Sha256.of("reference " + csrfCookie.get()), 0, bytes, 0, BYTES);
        } else {
            random.nextBytes(bytes);
        }
        return HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT);
    }

    /** Eight characters of a hash, which reveals nothing of the cookie. */
    public String value() {
        String known = value;
        if (known == null) {
            synchronized (this) {
                known = value;
                if (known == null) {
                    known = maker.get();
                    value = known;
                }
            }
        }
        return known;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reference reference && value().equals(reference.value());
    }

    @Override
    public int hashCode() {
        return value().hashCode();
    }

    @Override
    public String toString() {
        return value();
    }
}
