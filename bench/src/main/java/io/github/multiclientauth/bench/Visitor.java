package io.github.multiclientauth.bench;

import io.github.multiclientauth.facade.oidc.Identity;
import io.github.multiclientauth.facade.seal.ApplicationSeals;
import io.github.multiclientauth.facade.seal.Hmac;
import io.github.multiclientauth.facade.seal.KeyHolder;
import io.github.multiclientauth.facade.session.Session;
import io.github.multiclientauth.facade.session.SessionProof;
import io.github.multiclientauth.origin.Origin;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** A signed-in user, and all three cookies that the browser sends to the facade. */
record Visitor(String subject, String sid) {

    static final String CLIENT_ID = "portfolio";
    static final String NAME = "Ada Lovelace";
    static final String EMAIL = "ada.lovelace@example.com";
    static final String PICTURE = "https://avatars.githubusercontent.com/u/1234567?v=4";

    private static final Duration AT_KEYCLOAK = Duration.ofHours(10);

    private static final String SESSION = "authjs.session-token";

    static Visitor random() {
        return new Visitor(UUID.randomUUID().toString(), UUID.randomUUID().toString());
    }

    /**
     * The {@code Cookie} header, sealed by the facade's own code.
     *
     * @param checkedAt the time at which Keycloak confirmed the session
     */
    String cookies(Origin origin, ApplicationSeals seals, Instant checkedAt, SecureRandom random) {
        String csrfToken = HexFormat.of().formatHex(bytes(random, 32));
        String csrfHash = HexFormat.of()
                .formatHex(sha256(csrfToken
                        + seals.secrets(KeyHolder.application(CLIENT_ID)).get(0).reveal()));
        String session = seals.session(KeyHolder.application(CLIENT_ID), SESSION)
                .seal(utf8(claims(origin, checkedAt, seals.sessionProof(KeyHolder.application(CLIENT_ID)))));
        return "authjs.csrf-token=" + csrfToken + "%7C" + csrfHash
                + "; authjs.callback-url=" + URLEncoder.encode(origin.toString(), StandardCharsets.UTF_8)
                + "; " + SESSION + '=' + session;
    }

    private String claims(Origin origin, Instant checkedAt, Hmac proofs) {
        Instant endsAt = Instant.now().plus(AT_KEYCLOAK);
        Identity identity = new Identity(
                subject,
                sid,
                Optional.of(NAME),
                Optional.of(EMAIL),
                false,
                Optional.of(PICTURE),
                Optional.of("github"),
                Optional.of(origin.toString()),
                CLIENT_ID,
                false);
        String proof = SessionProof.of(new Session(identity, checkedAt, checkedAt, endsAt), proofs);
        return "{\"name\":\"" + NAME + "\",\"email\":\"" + EMAIL + "\",\"picture\":\"" + PICTURE + "\",\"sub\":\""
                + subject + "\",\"sid\":\"" + sid + "\",\"provider\":\"github\",\"clientOrigin\":\"" + origin
                + "\",\"proof\":\"" + proof
                + "\",\"clientId\":\"" + CLIENT_ID + "\",\"signedInAt\":" + checkedAt.toEpochMilli()
                + ",\"checkedAt\":" + checkedAt.getEpochSecond() + ",\"checkedAtMillis\":" + checkedAt.toEpochMilli()
                + ",\"endsAt\":" + endsAt.toEpochMilli()
                + ",\"iat\":" + checkedAt.getEpochSecond() + ",\"exp\":" + endsAt.getEpochSecond() + ",\"jti\":\""
                + UUID.randomUUID() + "\"}";
    }

    private static byte[] bytes(SecureRandom random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(utf8(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Visitor[" + subject + "]";
    }
}
