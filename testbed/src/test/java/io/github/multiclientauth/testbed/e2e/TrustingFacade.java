package io.github.multiclientauth.testbed.e2e;

import io.github.multiclientauth.testbed.facade.FacadeServer;
import io.github.multiclientauth.testbed.launch.Artifacts;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.process.JavaChild;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** A facade of a test's own that listens to what the proxies on this machine forward. */
final class TrustingFacade {

    /** As docs/configuration.md has it. */
    static final Map<String, String> SETTINGS = Map.of(
            "QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING", "true",
            "QUARKUS_HTTP_PROXY_ALLOW_X_FORWARDED", "true",
            "QUARKUS_HTTP_PROXY_ENABLE_FORWARDED_HOST", "true",
            "QUARKUS_HTTP_PROXY_TRUSTED_PROXIES", "127.0.0.1");

    private TrustingFacade() {}

    /** Starts it, with the master secret of the chain, and returns when it is ready. */
    static FacadeServer start(Chain chain, Ports ports, Map<String, String> more, String log) throws IOException {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(more);
        Artifacts artifacts = Artifacts.of(System.getProperties());
        FacadeServer facade = FacadeServer.start(
                artifacts.facadeJar(),
                new FacadeServer.Settings(
                        ports.facade(),
                        ports.facadeManagement(),
                        chain.issuer(),
                        chain.secrets().auth(),
                        chain.secrets().facadeAccount(),
                        Map.of(),
                        settings,
                        chain.logs().resolve(log)),
                JavaChild.lifelineOption(artifacts.workDirectory().resolve("lifeline")));
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
