package io.github.multiclientauth.extension;

import java.util.Map;
import java.util.Optional;

/** Which build of the extension runs, for the provider info of Keycloak's admin console. */
public final class ExtensionVersion {

    private ExtensionVersion() {}

    /** What the console shows beside each of our providers. */
    public static Map<String, String> operationalInfo() {
        return Map.of("Multi-Client Auth", fromManifest());
    }

    private static String fromManifest() {
        return Optional.ofNullable(ExtensionVersion.class.getPackage().getImplementationVersion())
                .orElse("unknown");
    }
}
