package io.github.multiclientauth.facade.oidc;

import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.facade.event.Actor;
import java.util.Objects;
import java.util.Optional;

/**
 * The user who signed in, and where and how: the claims of a validated ID token.
 *
 * @param subject Keycloak's id of the user, the same in all applications, unless it is pairwise
 * @param sid Keycloak's session
 * @param emailVerified whether Keycloak says that the address is verified; false without an address
 * @param provider the provider that the user signed in with; empty for Keycloak's own login page
 * @param clientOrigin set by the extension
 * @param clientId set by the extension, else the audience of the ID token
 * @param pairwise whether the subject differs from Keycloak's id of the user, as with a pairwise subject mapper. False
 *     if that is unknown
 * @param claims further claims, which the application's administrator has chosen
 * @param authentication how and when the user authenticated
 * @param membership what servers behind a reverse proxy learn, too
 */
public record Identity(
        String subject,
        String sid,
        Optional<String> name,
        Optional<String> email,
        boolean emailVerified,
        Optional<String> picture,
        Optional<String> provider,
        Optional<String> clientOrigin,
        String clientId,
        boolean pairwise,
        UserClaims claims,
        Authentication authentication,
        Membership membership) {

    /** Makes an identity of which servers behind a reverse proxy learn nothing further. */
    public Identity(
            String subject,
            String sid,
            Optional<String> name,
            Optional<String> email,
            boolean emailVerified,
            Optional<String> picture,
            Optional<String> provider,
            Optional<String> clientOrigin,
            String clientId,
            boolean pairwise,
            UserClaims claims,
            Authentication authentication) {
        this(
                subject,
                sid,
                name,
                email,
                emailVerified,
                picture,
                provider,
                clientOrigin,
                clientId,
                pairwise,
                claims,
                authentication,
                Membership.NONE);
    }

    /** Makes an identity of which nothing is known about the authentication. */
    public Identity(
            String subject,
            String sid,
            Optional<String> name,
            Optional<String> email,
            boolean emailVerified,
            Optional<String> picture,
            Optional<String> provider,
            Optional<String> clientOrigin,
            String clientId,
            boolean pairwise,
            UserClaims claims) {
        this(
                subject,
                sid,
                name,
                email,
                emailVerified,
                picture,
                provider,
                clientOrigin,
                clientId,
                pairwise,
                claims,
                Authentication.UNKNOWN);
    }

    /** Makes an identity without further claims. */
    public Identity(
            String subject,
            String sid,
            Optional<String> name,
            Optional<String> email,
            boolean emailVerified,
            Optional<String> picture,
            Optional<String> provider,
            Optional<String> clientOrigin,
            String clientId,
            boolean pairwise) {
        this(
                subject,
                sid,
                name,
                email,
                emailVerified,
                picture,
                provider,
                clientOrigin,
                clientId,
                pairwise,
                UserClaims.NONE);
    }

    public Identity {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(sid, "sid");
        Objects.requireNonNull(clientId, "clientId");
        Objects.requireNonNull(claims, "claims");
        Objects.requireNonNull(authentication, "authentication");
        Objects.requireNonNull(membership, "membership");
    }

    /** The alias of the {@link Provider} that the user signed in with. */
    public String signedInWith() {
        return provider.orElse(Provider.KEYCLOAK);
    }

    /** The user and the session, for an event. */
    public Actor actor() {
        return new Actor(subject, sid, signedInWith(), membership.username(), email);
    }

    /**
     * This identity with the claims that a refresh may change. Where and how the user signed in does not change: a level that
     * the user has reached since, for another application, was not demanded of this sign-in.
     */
    public Identity refreshedBy(Identity newer) {
        Identity all = refreshedBy(newer, newer.picture, newer.claims, newer.membership);
        if (IdentityClaims.fit(all)) {
            return all;
        }
        Identity withoutPicture = refreshedBy(newer, Optional.empty(), newer.claims, newer.membership);
        if (IdentityClaims.fit(withoutPicture)) {
            return withoutPicture;
        }
        Identity least = refreshedBy(newer, Optional.empty(), UserClaims.NONE, Membership.NONE);
        return refreshedBy(
                newer, Optional.empty(), UserClaims.NONE, newer.membership.within(IdentityClaims.room(least)));
    }

    private Identity refreshedBy(
            Identity newer, Optional<String> newPicture, UserClaims newClaims, Membership newMembership) {
        return new Identity(
                subject,
                sid,
                newer.name,
                newer.email,
                newer.emailVerified,
                newPicture,
                provider,
                clientOrigin,
                clientId,
                newer.pairwise,
                newClaims,
                authentication,
                newMembership);
    }

    /** This identity, of whose authentication the application has demanded something. */
    public Identity asDemanded() {
        return new Identity(
                subject,
                sid,
                name,
                email,
                emailVerified,
                picture,
                provider,
                clientOrigin,
                clientId,
                pairwise,
                claims,
                authentication.asDemanded(),
                membership);
    }
}
