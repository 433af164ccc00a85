package io.github.multiclientauth.extension.doctor;

import java.util.Map;
import java.util.Optional;

/**
 * The settings of a client that can stop its sign-ins by themselves.
 *
 * @param standardFlow whether the standard flow is on
 * @param byClientSecret whether the client authenticates with the secret of its Credentials tab
 * @param frontChannelLogout whether front-channel logout is on
 * @param idTokenAlgorithm the algorithm that signs its ID tokens: the client's own, or else the realm's
 * @param attributes those of {@link ClientAttribute} that are set
 * @param apiAccess what is wrong with its mapper API access, which stops no sign-in
 */
public record ExaminedSettings(
        boolean standardFlow,
        boolean byClientSecret,
        boolean frontChannelLogout,
        String idTokenAlgorithm,
        Map<ClientAttribute, String> attributes,
        ExaminedApiAccess apiAccess) {

    /** The settings of a client that nobody has changed. */
    static final ExaminedSettings USUAL =
            new ExaminedSettings(true, true, false, "RS256", Map.of(), ExaminedApiAccess.FINE);

    public ExaminedSettings {
        attributes = Map.copyOf(attributes);
    }

    /** An empty value is as good as none, as in Keycloak. */
    Optional<String> value(ClientAttribute attribute) {
        return Optional.ofNullable(attributes.get(attribute)).filter(value -> !value.isBlank());
    }

    boolean isOn(ClientAttribute attribute) {
        return value(attribute).filter(Boolean::parseBoolean).isPresent();
    }
}
