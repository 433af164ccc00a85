package io.github.multiclientauth.extension.broker;

import io.github.multiclientauth.extension.provider.AuthorizationUrl;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.provider.ProviderConfigProperty;

/** The field of the admin console for an {@link AuthorizationUrl}. */
final class AuthorizationUrlSetting {

    private AuthorizationUrlSetting() {}

    /** What the console shows of a provider anyway, and this field. */
    static List<ProviderConfigProperty> with(List<ProviderConfigProperty> properties) {
        List<ProviderConfigProperty> all = new ArrayList<>(properties);
        all.add(new ProviderConfigProperty(
                AuthorizationUrl.KEY,
                "Authorization URL",
                "The URL at which people of clients of Multi-Client Auth sign in (http or https). Empty: the provider's own"
                        + " URL. Clients without its client scope always use the provider's own.",
                ProviderConfigProperty.STRING_TYPE,
                null));
        return List.copyOf(all);
    }
}
