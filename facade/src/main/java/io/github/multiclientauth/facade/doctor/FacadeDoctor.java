package io.github.multiclientauth.facade.doctor;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.CentralOrigins;
import io.github.multiclientauth.facade.client.ClientDirectory;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.directory.ClientSecrets;
import io.github.multiclientauth.facade.directory.DirectoryFinding;
import io.github.multiclientauth.facade.directory.DirectorySource.Fetched;
import io.github.multiclientauth.facade.oidc.AccessTokenSource;
import io.github.multiclientauth.facade.oidc.ChangesSource;
import io.github.multiclientauth.facade.oidc.SignInTrial;
import io.github.multiclientauth.origin.Origin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Collects the findings of all checks. One cause gives one finding: what follows from a finding is not reported as well.
 */
public final class FacadeDoctor {

    /** Half of the clock skew that the validation of tokens tolerates. */
    static final Duration TOLERATED_SKEW = Duration.ofSeconds(30);

    /** The console's name for a problem with the client's origins, as Keycloak's doctor reports it. */
    private static final String ORIGIN_MISSING = "origin-missing";

    private static final String ORIGIN_REGISTERED_TWICE = "origin-registered-twice";

    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\",;)]+");

    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param metadataProblem why the issuer's metadata cannot be used; empty text if it can
     * @param keysProblem why the issuer's keys cannot be used; empty text if they can
     */
    public FacadeDoctor issuer(String metadataProblem, String keysProblem) {
        if (!metadataProblem.isEmpty()) {
            findings.add(Finding.error(
                    "issuer-unreachable",
                    "The metadata of the issuer cannot be used: " + metadataProblem,
                    "mca.issuer, as Keycloak itself writes it, and the network to it. For a certificate of your company's"
                            + " own authority mca.keycloak.trusted-certificates"));
        }
        if (!keysProblem.isEmpty()) {
            findings.add(Finding.error(
                    "keys-unreachable",
                    "Keycloak's keys (JWKS) cannot be used, so that no token can be validated: " + keysProblem,
                    "the network between the facade and Keycloak; Realm settings > Keys"));
        }
        return this;
    }

    /** @param ahead how far Keycloak's clock is ahead of this machine's; empty if unknown */
    public FacadeDoctor clock(Optional<Duration> ahead) {
        ahead.filter(difference -> difference.abs().compareTo(TOLERATED_SKEW) > 0)
                .ifPresent(difference -> findings.add(Finding.error(
                        "clock-skew",
                        "Keycloak's clock is " + difference.abs().toSeconds() + " s "
                                + (difference.isNegative() ? "behind" : "ahead of") + " this machine's",
                        "time synchronisation (NTP) on both machines")));
        return this;
    }

    /** @param problem why the directory cannot be read; empty text if it can */
    public FacadeDoctor directoryProblem(String problem) {
        if (!problem.isEmpty()) {
            findings.add(Finding.error(
                    "directory-unreadable",
                    "The directory cannot be read: " + problem,
                    "mca.directory.client-id, and mca.directory.client-secret or mca.client-key.file; Clients > the facade's"
                            + " client; and the extension's JAR in Keycloak's providers folder. For clock skew: time"
                            + " synchronisation (NTP) on both machines"));
        }
        return this;
    }

    /**
     * Called after {@link #keycloak}: what Keycloak's doctor has found already is not reported again.
     *
     * @param found the findings about applications in the directory
     */
    public FacadeDoctor directory(Collection<DirectoryFinding> found) {
        List<Finding> known = List.copyOf(findings);
        found.stream()
                .filter(finding -> known.stream().noneMatch(other -> isSame(finding, other)))
                .map(FacadeDoctor::finding)
                .sorted(Comparator.comparing(Finding::about).thenComparing(Finding::message))
                .forEach(findings::add);
        return this;
    }

    /** @param answer the answer to the question what has changed. The same role allows to ask about sessions */
    public FacadeDoctor changes(ChangesSource.Fetched answer) {
        answer.match(
                        changes -> Optional.<Finding>empty(),
                        failed -> Optional.of(Finding.error(
                                "sessions-unreadable",
                                "Keycloak cannot be asked about sessions, so that nobody can sign in: "
                                        + failed.reason(),
                                "Clients > the facade's client > Service accounts roles; and the extension's JAR in"
                                        + " Keycloak's providers folder, of the facade's own release")))
                .ifPresent(findings::add);
        return this;
    }

    /** @param answer the answer to the question for an access token of a session that does not exist */
    public FacadeDoctor accessTokens(AccessTokenSource.Answer answer) {
        answer.match(
                        issued -> Optional.<Finding>empty(),
                        refused -> Optional.<Finding>empty(),
                        ended -> Optional.<Finding>empty(),
                        unknown -> Optional.of(Finding.error(
                                "tokens-unavailable",
                                "Keycloak gives the facade no access tokens, so that applications with API access get none: "
                                        + unknown.reason(),
                                "Clients > the facade's client > Service accounts roles; and the extension's JAR in"
                                        + " Keycloak's providers folder, of the facade's own release")))
                .ifPresent(findings::add);
        return this;
    }

    /** Whether Keycloak's doctor means the same: both look for origins that are missing or belong to several clients. */
    private static boolean isSame(DirectoryFinding found, Finding other) {
        return switch (found.kind()) {
            case APPLICATION_UNUSABLE ->
                other.id().equals(ORIGIN_MISSING) && other.about().equals(found.about());
            case ORIGIN_CONTESTED ->
                other.id().equals(ORIGIN_REGISTERED_TWICE)
                        && !Collections.disjoint(addresses(found.text()), addresses(other.message()));
            case PART_IGNORED -> false;
        };
    }

    private static Set<String> addresses(String text) {
        return ADDRESS.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    /**
     * Called after {@link #keycloak}: a request that Keycloak refuses because of a setting that its doctor has named is
     * not reported again.
     *
     * @param refused the applications whose sign-ins Keycloak refuses to start, and its answers
     */
    public FacadeDoctor refusedSignIns(Map<ClientId, SignInTrial.Refused> refused) {
        List<Finding> known = List.copyOf(findings);
        refused.forEach((clientId, refusal) -> {
            if (refusal.authentication()) {
                findings.add(new Finding(
                        "client-refused",
                        true,
                        clientId.value(),
                        "Keycloak does not accept what the facade authenticates this client with: " + refusal.reason(),
                        ClientSecrets.places(clientId) + ": the client secret of Clients > the client > Credentials."
                                + " Or, with the facade's own key (mca.client-key.file): Clients > the client > Keys >"
                                + " JWKS URL"));
            } else if (known.stream()
                    .noneMatch(other -> other.error() && other.about().equals(clientId.value()))) {
                findings.add(new Finding(
                        "sign-in-refused",
                        true,
                        clientId.value(),
                        "Keycloak refuses to start a sign-in: " + refusal.reason(),
                        "the client's settings that the reason names; or Realm settings > Client policies, if a policy for this"
                                + " client refuses it"));
            }
        });
        return this;
    }

    /** @param unknown the ids of clients that the facade has a secret for and that the directory does not list */
    public FacadeDoctor secretsWithoutApplication(Collection<ClientId> unknown) {
        unknown.stream()
                .sorted(Comparator.comparing(ClientId::value))
                .forEach(clientId -> findings.add(new Finding(
                        "secret-without-application",
                        true,
                        clientId.value(),
                        "The facade has a secret for this client, but the client does not exist or lacks the client scope multi-client-auth: it serves"
                                + " none of its requests",
                        "Clients > the client > Client scopes > Add client scope: multi-client-auth, of type Default. Or remove"
                                + " the secret: " + ClientSecrets.places(clientId))));
        return this;
    }

    private static Finding finding(DirectoryFinding found) {
        return switch (found.kind()) {
            case APPLICATION_UNUSABLE ->
                new Finding(
                        "application-unusable",
                        true,
                        found.about(),
                        found.text(),
                        "the client's settings, or the facade's setting that it names");
            case PART_IGNORED ->
                new Finding(
                        "directory-entry-ignored",
                        false,
                        found.about(),
                        found.text(),
                        "that field of the client or of the identity provider; all else of it counts");
            case ORIGIN_CONTESTED ->
                new Finding(
                        "origin-contested",
                        true,
                        found.about(),
                        found.text(),
                        "Clients > the client that should not have it > Settings > Web origins; or its mapper Preview"
                                + " origins");
        };
    }

    /** @param answer the answer of Keycloak's doctor */
    public FacadeDoctor keycloak(Fetched answer) {
        findings.addAll(KeycloakFindings.of(answer));
        return this;
    }

    /** @param weak the names of settings with guessable secrets */
    public FacadeDoctor secrets(Collection<String> weak) {
        weak.stream()
                .sorted()
                .forEach(setting -> findings.add(Finding.error(
                        "secret-too-weak",
                        "The secret of " + setting + " can be guessed",
                        "Clients > the client > Credentials > Regenerate; and that setting")));
        return this;
    }

    /**
     * Finds origins of applications that are on another site than every central host: there the cookies are third-party
     * ones. Two hosts count as one site if their last two labels are equal. They may still be two sites, for example
     * below {@code co.uk}.
     */
    public FacadeDoctor cookies(ClientDirectory applications, CentralOrigins central) {
        if (!central.origins().isEmpty()) {
            List<Application> enabled = applications.snapshot().applications().stream()
                    .filter(Application::enabled)
                    .toList();
            for (Application application : enabled) {
                application.origins().stream()
                        .filter(origin -> central.origins().stream().noneMatch(host -> sameSite(host, origin)))
                        .map(Origin::toString)
                        .sorted()
                        .forEach(
                                origin -> findings.add(
                                        new Finding(
                                                "cookie-third-party",
                                                false,
                                                application.clientId().value(),
                                                "No central origin of the facade is on the site of " + origin
                                                        + ": a browser that blocks third-party cookies keeps no session for it there",
                                                "forward /api/auth/* at that origin; or a central origin on that site (mca.central-origins)")));
            }
        }
        return this;
    }

    /** @param requests that the running facade has refused because it does not believe the proxy that forwarded them */
    public FacadeDoctor untrustedProxies(long requests) {
        if (requests > 0) {
            findings.add(Finding.warning(
                    "proxy-untrusted",
                    "The running facade has refused " + requests
                            + " requests whose X-Forwarded-Host or X-Forwarded-Proto it ignores, because their sender is no"
                            + " trusted proxy. MCA00210 in its log names the header and the sender",
                    "quarkus.http.proxy.trusted-proxies, with quarkus.http.proxy.proxy-address-forwarding,"
                            + " quarkus.http.proxy.allow-x-forwarded and quarkus.http.proxy.enable-forwarded-host; or let the"
                            + " proxy keep Host"));
        }
        return this;
    }

    /** Whether Keycloak, or the directory in it, cannot be reached. Then all further questions would fail as well. */
    public boolean isCutOff() {
        return findings.stream()
                .anyMatch(finding ->
                        Set.of("issuer-unreachable", "directory-unreadable").contains(finding.id()));
    }

    /** The findings, in the order of the checks. They name settings in both spellings. */
    public List<Finding> findings() {
        return findings.stream()
                .map(finding -> new Finding(
                        finding.id(),
                        finding.error(),
                        finding.about(),
                        SettingName.inBothSpellings(finding.message()),
                        SettingName.inBothSpellings(finding.fix())))
                .toList();
    }

    private static boolean sameSite(Origin one, Origin other) {
        return one.scheme().equals(other.scheme()) && site(one.host()).equals(site(other.host()));
    }

    private static String site(String host) {
        int last = host.lastIndexOf('.');
        int before = last < 0 ? -1 : host.lastIndexOf('.', last - 1);
        boolean isAddress = host.startsWith("[") || Character.isDigit(host.charAt(host.length() - 1));
        return isAddress ? host : host.substring(before + 1);
    }
}
