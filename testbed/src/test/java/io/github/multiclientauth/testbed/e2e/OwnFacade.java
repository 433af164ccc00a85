package io.github.multiclientauth.testbed.e2e;

import io.github.multiclientauth.testbed.facade.FacadeServer;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.process.JavaChild;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** A facade for one test, with the chain's Keycloak and master secret. */
final class OwnFacade {

    /** The settings to trust proxies on this machine, from docs/how-to/topologies.md. */
    static final Map<String, String> TRUSTING = Map.of(
            "QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING", "true",
            "QUARKUS_HTTP_PROXY_ALLOW_X_FORWARDED", "true",
            "QUARKUS_HTTP_PROXY_ENABLE_FORWARDED_HOST", "true",
            "QUARKUS_HTTP_PROXY_TRUSTED_PROXIES", "127.0.0.1");

    /** Tests wait for the facade to read what they have just changed. By default it looks every five seconds. */
    static final Map<String, String> POLLING_OFTEN = Map.of("MCA_DIRECTORY_POLL_INTERVAL", "1S");

    private OwnFacade() {}

    /**
     * Starts it, and returns when it is ready.
     *
     * @param settings more settings, as environment variables
     * @param log the name of its log file
     */
    static FacadeServer start(Chain chain, Ports ports, Map<String, String> settings, String log) throws IOException {
        return ready(launch(chain, ports, chain.secrets().facadeAccount(), settings, log));
    }

    /** Starts it with the settings {@link #TRUSTING}, and returns when it is ready. */
    static FacadeServer startTrusting(Chain chain, Ports ports, Map<String, String> more, String log)
            throws IOException {
        Map<String, String> settings = new HashMap<>(TRUSTING);
        settings.putAll(more);
        return start(chain, ports, settings, log);
    }

    /**
     * Starts it, and returns at once.
     *
     * @param accountSecret the secret of the account that reads the directory; empty if it has none
     */
    static FacadeServer launch(Chain chain, Ports ports, String accountSecret, Map<String, String> settings, String log)
            throws IOException {
        Artifacts artifacts = Artifacts.of(System.getProperties());
        Map<String, String> all = new HashMap<>(POLLING_OFTEN);
        all.putAll(settings);
        return FacadeServer.start(
                artifacts.facadeJar(),
                new FacadeServer.Settings(
                        ports.facade(),
                        ports.facadeManagement(),
                        chain.issuer(),
                        chain.secrets().auth(),
                        accountSecret,
                        Map.of(),
                        all,
                        chain.logs().resolve(log)),
                JavaChild.lifelineOption(artifacts.workDirectory().resolve("lifeline")));
    }

    /** Waits until it is ready, and ends it if it does not become ready. */
    static FacadeServer ready(FacadeServer facade) {
        boolean ready = false;
        try {
            facade.awaitReady(passed -> {});
            ready = true;
            return facade;
        } finally {
            if (!ready) {
                facade.close();
            }
        }
    }
}
