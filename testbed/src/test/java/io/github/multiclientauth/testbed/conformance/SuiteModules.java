package io.github.multiclientauth.testbed.conformance;

import static io.github.multiclientauth.testbed.conformance.Group.CALLBACK;
import static io.github.multiclientauth.testbed.conformance.Group.CLAIMS;
import static io.github.multiclientauth.testbed.conformance.Group.KEYS;
import static io.github.multiclientauth.testbed.conformance.Group.LOGOUT;
import static io.github.multiclientauth.testbed.conformance.Group.METADATA;
import static io.github.multiclientauth.testbed.conformance.Group.SIGNATURE;
import static io.github.multiclientauth.testbed.conformance.Group.TOKEN_ANSWER;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The modules of the OpenID Foundation's conformance suite that are about relying parties, and our cases for each. */
final class SuiteModules {

    private static final String NO_USER_INFO =
            "does not apply: the facade does not ask the UserInfo endpoint. Claims come from the"
                    + " ID token and from the extension";
    private static final String FAPI = "fapi2-security-profile-final-client-";

    private final ConformancePage page;
    private final List<String> lines = new ArrayList<>();

    private SuiteModules(ConformancePage page) {
        this.page = page;
    }

    /** A table for each test plan. */
    static String tables(ConformancePage page) {
        SuiteModules tables = new SuiteModules(page);
        tables.basic();
        tables.config();
        tables.formPost();
        tables.rpInitiatedLogout();
        tables.backChannelLogout();
        tables.fapi();
        return tables.lines.stream().collect(Collectors.joining());
    }

    private void plan(String title, String name) {
        lines.add("\n### " + title + "\n\nPlan `" + name + "`.\n\n" + ConformancePage.row("Module", "Our cases"));
        lines.add("|---|---|\n");
    }

    private void module(String name, Group group, String... cases) {
        lines.add(ConformancePage.row("`" + name + "`", page.mention(group, List.of(cases))));
    }

    /** A module without a case of ours, or that another test is for. */
    private void module(String name, String why) {
        lines.add(ConformancePage.row("`" + name + "`", why));
    }

    private void basic() {
        plan("Basic RP", "oidcc-client-basic-certification-test-plan");
        module("oidcc-client-test", CALLBACK, "right response");
        module("oidcc-client-test-invalid-iss", CLAIMS, "iss another", "iss with a slash", "iss of another realm");
        module("oidcc-client-test-missing-sub", CLAIMS, "no sub");
        module("oidcc-client-test-invalid-aud", CLAIMS, "aud another", "aud another application of ours");
        module("oidcc-client-test-missing-iat", CLAIMS, "no iat");
        module("oidcc-client-test-kid-absent-single-jwks", SIGNATURE, "no kid");
        module("oidcc-client-test-kid-absent-multiple-jwks", SIGNATURE, "no kid", "no kid, another key");
        module("oidcc-client-test-idtoken-sig-rs256", SIGNATURE, "right token");
        module("oidcc-client-test-idtoken-sig-none", SIGNATURE, "alg none", "alg none, signed");
        module("oidcc-client-test-invalid-sig-rs256", SIGNATURE, "a changed signature", "another key");
        module(
                "oidcc-client-test-userinfo-invalid-sub",
                NO_USER_INFO + ". Their `sub` is compared: see *Confirmation of the session*");
        module("oidcc-client-test-nonce-invalid", CLAIMS, "nonce another", "nonce of another sign-in", "no nonce");
        module("oidcc-client-test-scope-userinfo-claims", NO_USER_INFO);
        module(
                "oidcc-client-test-client-secret-basic",
                "`NimbusAuthorizationServerTest`: the facade authenticates as the client is set up at Keycloak");
    }

    private void config() {
        plan("Config RP", "oidcc-client-config-certification-test-plan");
        module("oidcc-client-test-discovery-openid-config", CALLBACK, "right response");
        module("oidcc-client-test-discovery-jwks-uri-keys", KEYS, "a new key");
        module(
                "oidcc-client-test-discovery-issuer-mismatch",
                METADATA,
                "metadata: another issuer",
                "metadata: issuer with a slash");
        module("oidcc-client-test-idtoken-sig-none", SIGNATURE, "alg none");
        module("oidcc-client-test-signing-key-rotation-just-before-signing", KEYS, "a new key");
        module("oidcc-client-test-signing-key-rotation", KEYS, "a new key", "a retired key");
    }

    private void formPost() {
        plan("Form Post RP", "oidcc-client-formpost-basic-certification-test-plan");
        module("oidcc-client-test", CALLBACK, "a form", "a form and a query");
        module("oidcc-client-test-form-post-error", CALLBACK, "error access_denied");
        module("the others", "as for Basic RP: the facade reads the response of a form as that of a query");
    }

    private void rpInitiatedLogout() {
        plan("RP-initiated logout", "oidcc-client-rp-initiated-logout-rp-basic");
        String optional = "`SignOutAtKeycloakIT`, on a real Keycloak: only where the administrator has switched on"
                + " Keycloak's own sign-out page. The usual sign-out ends the session without the browser";
        String noState = "does not apply: the facade sends no `state`, and comes back to a page of the application that"
                + " looks at none. When the browser leaves for Keycloak, the facade's session has ended already";
        module("oidcc-client-test-rp-init-logout", optional);
        module("oidcc-client-test-rp-init-logout-other-state", noState);
        module("oidcc-client-test-rp-init-logout-no-state", noState);
    }

    private void backChannelLogout() {
        plan("Back-channel logout", "oidcc-client-back-channel-logout-rp-basic");
        module("oidcc-client-test-rp-backchannel-rpinitlogout", LOGOUT, "right logout token");
        module("oidcc-client-test-rp-backchannel-rpinitlogout-alg-none", LOGOUT, "logout: alg none");
        module(
                "oidcc-client-test-rp-backchannel-rpinitlogout-no-event",
                LOGOUT,
                "logout: no events",
                "logout: events an empty object");
        module("oidcc-client-test-rp-backchannel-rpinitlogout-with-nonce", LOGOUT, "logout: nonce there");
        module("oidcc-client-test-rp-backchannel-rpinitlogout-wrong-alg", LOGOUT, "logout: RS512", "logout: ES256");
        module("oidcc-client-test-rp-backchannel-rpinitlogout-wrong-aud", LOGOUT, "logout: aud another");
        module("oidcc-client-test-rp-backchannel-rpinitlogout-wrong-event", LOGOUT, "logout: events another event");
        module("oidcc-client-test-rp-backchannel-rpinitlogout-wrong-iss", LOGOUT, "logout: iss another");
    }

    private void fapi() {
        plan("FAPI 2.0 Security Profile", "fapi2-security-profile-final-client-test-plan");
        module(FAPI + "test-happy-path", CALLBACK, "right response");
        module(FAPI + "test-discovery-issuer-mismatch", METADATA, "metadata: another issuer");
        module(FAPI + "test-invalid-iss", CLAIMS, "iss another");
        module(FAPI + "test-invalid-aud", CLAIMS, "aud another");
        module(
                FAPI + "test-invalid-secondary-aud",
                CLAIMS,
                "another audience, no azp",
                "another audience, azp is another",
                "another audience, azp is ours");
        module(FAPI + "test-invalid-null-alg", SIGNATURE, "alg none", "alg none, signed");
        module(FAPI + "test-invalid-alternate-alg", SIGNATURE, "RS512", "PS256", "ES256");
        module(FAPI + "test-invalid-expired-exp", CLAIMS, "exp an hour ago", "exp two minutes ago");
        module(FAPI + "test-invalid-missing-exp", CLAIMS, "no exp");
        module(FAPI + "test-invalid-missing-aud", CLAIMS, "no aud");
        module(FAPI + "test-invalid-missing-iss", CLAIMS, "no iss");
        module(FAPI + "test-valid-aud-as-array", CLAIMS, "aud a list with ours alone");
        module(FAPI + "test-invalid-nonce", CLAIMS, "nonce another");
        module(FAPI + "test-invalid-missing-nonce", CLAIMS, "no nonce");
        module(FAPI + "test-invalid-authorization-response-iss", CALLBACK, "another iss");
        module(FAPI + "test-remove-authorization-response-iss", CALLBACK, "no iss");
        module(
                FAPI + "test-ensure-authorization-response-with-invalid-state-fails",
                CALLBACK,
                "another state",
                "state cut off");
        module(
                FAPI + "test-ensure-authorization-response-with-invalid-missing-state-fails",
                CALLBACK,
                "no state",
                "state empty");
        module(FAPI + "test-token-endpoint-response-without-expires_in", TOKEN_ANSWER, "no expires_in");
        module(FAPI + "test-token-type-case-insensitivity", TOKEN_ANSWER, "token_type in upper case");
        module(
                FAPI + "test-rs-dpop-auth-scheme-case-insensitivity",
                "does not apply: the facade throws access tokens away and asks no resource server with them");
        module(
                FAPI + "test-happy-path-no-dpop-nonce",
                "`NimbusAuthorizationServerTest`: a proof without a nonce, and with one where it is asked for");
        module("8 modules about JARM", "do not apply: the facade asks for plain responses");
        module(
                FAPI + "test-invalid-openbanking-intent-id, refresh-token-test",
                "do not apply to the profile `plain_fapi`, and the facade throws refresh tokens away");
    }
}
