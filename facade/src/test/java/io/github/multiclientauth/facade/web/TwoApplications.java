package io.github.multiclientauth.facade.web;

import io.github.multiclientauth.facade.fake.FileSource;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Two applications, one with two origins, and a Keycloak that cannot be reached. */
public class TwoApplications implements QuarkusTestProfile {

    /** What everything is sealed with. */
    static final String MASTER = "Zq7vK2mXw9PtR4sYb6NcLd1FhGjUe8Ao";

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(FileSource.class);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> settings = new HashMap<>();
        settings.put("quarkus.http.test-port", "0");
        settings.put("AUTH_SECRET", MASTER);
        // Port 1 is nobody's: connections are refused at once.
        settings.put("mca.issuer", "http://127.0.0.1:1/realms/test");
        settings.put("quarkus.management.test-port", "0");
        settings.put(FileSource.SETTING, "src/test/resources/two-applications.json");
        settings.put("mca.directory.client-secret", "directory-client-secret-canary");
        settings.put("mca.clients.portfolio.secret", "portfolio-client-secret-canary");
        return settings;
    }

    /** The same behind a proxy that is trusted. */
    public static final class BehindProxy extends TwoApplications {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = super.getConfigOverrides();
            settings.put("quarkus.http.proxy.proxy-address-forwarding", "true");
            settings.put("quarkus.http.proxy.allow-x-forwarded", "true");
            settings.put("quarkus.http.proxy.enable-forwarded-host", "true");
            settings.put("quarkus.http.proxy.trusted-proxies", "127.0.0.1");
            return settings;
        }
    }

    /** The same with another trusted proxy and all forwarding headers: the tests' client is a stranger. */
    public static final class BehindAnotherProxy extends TwoApplications {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = super.getConfigOverrides();
            settings.put("quarkus.http.proxy.proxy-address-forwarding", "true");
            settings.put("quarkus.http.proxy.allow-forwarded", "true");
            settings.put("quarkus.http.proxy.allow-x-forwarded", "true");
            settings.put("quarkus.http.proxy.strict-forwarded-control", "false");
            settings.put("quarkus.http.proxy.enable-forwarded-host", "true");
            settings.put("quarkus.http.proxy.enable-forwarded-prefix", "true");
            // Of RFC 5737: nobody's.
            settings.put("quarkus.http.proxy.trusted-proxies", "192.0.2.1");
            return settings;
        }
    }

    /** The same behind a proxy that is trusted and writes the standard's header. */
    public static final class BehindProxyWithForwarded extends TwoApplications {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = super.getConfigOverrides();
            settings.put("quarkus.http.proxy.proxy-address-forwarding", "true");
            settings.put("quarkus.http.proxy.allow-forwarded", "true");
            settings.put("quarkus.http.proxy.trusted-proxies", "127.0.0.1");
            return settings;
        }
    }

    /** The same, where reverse proxies may ask who is signed in. The tests' address is not theirs. */
    public static final class WithForwardAuth extends TwoApplications {

        static final String SECRET = "kX7vQ2mTw9PzR4sYb6NcLd1FhGjUe8Ao";

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = super.getConfigOverrides();
            settings.put("mca.forward-auth.secret", "oX7vQ2mTw9PzR4sYb6NcLd1FhGjUe8Ap," + SECRET);
            settings.put("mca.forward-auth.proxies", "10.9.8.7, fd00::/8");
            return settings;
        }
    }

    /** The same, where the tests' address is a reverse proxy's. */
    public static final class WithForwardAuthByAddress extends TwoApplications {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = super.getConfigOverrides();
            settings.put("mca.forward-auth.proxies", "127.0.0.0/8");
            return settings;
        }
    }

    /** None, since the directory cannot be read. */
    public static final class WithoutDirectory extends TwoApplications {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = super.getConfigOverrides();
            settings.put(FileSource.SETTING, "src/test/resources/there-is-no-such-file.json");
            return settings;
        }
    }

    /**
     * One application that has previews, and an origin of the facade's own that a pattern of theirs matches. Reverse proxies may
     * ask who is signed in.
     */
    public static final class WithPreviews extends TwoApplications {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = super.getConfigOverrides();
            settings.put(FileSource.SETTING, "src/test/resources/previews.json");
            settings.put("mca.central-origins", "http://auth-preview.localhost");
            settings.put("mca.forward-auth.secret", WithForwardAuth.SECRET);
            return settings;
        }
    }

    /** The same, with limits that a test reaches soon. */
    public static final class WithNarrowLimits extends TwoApplications {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = super.getConfigOverrides();
            settings.put("mca.limits.request-timeout", "2S");
            settings.put("mca.limits.incomplete-requests", "2M");
            return settings;
        }
    }

    /** The same behind a proxy that is trusted, with a limit for sign-ins that a test reaches soon. */
    public static final class WithFewSignIns extends TwoApplications {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = new BehindProxy().getConfigOverrides();
            settings.put("mca.limits.sign-ins-per-minute", "5");
            return settings;
        }
    }

    /** The same, where an operator has turned HTTP/2 on. */
    public static final class WithHttp2 extends TwoApplications {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = super.getConfigOverrides();
            settings.put("quarkus.http.http2", "true");
            settings.put("mca.limits.request-timeout", "2S");
            settings.put("mca.limits.incomplete-requests", "2M");
            return settings;
        }
    }

    /** The same, served at an origin of the facade's own, too. */
    public static final class AtCentralHost extends TwoApplications {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = super.getConfigOverrides();
            settings.put("mca.central-origins", "http://auth.test");
            return settings;
        }
    }

    /** The same, and a third client whose team has entered the facade's own origin. */
    public static final class AtCentralHostThatAClientEntered extends TwoApplications {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> settings = super.getConfigOverrides();
            settings.put("mca.central-origins", "http://auth.test");
            settings.put(FileSource.SETTING, "src/test/resources/central-origin-entered.json");
            return settings;
        }
    }
}
