package io.github.multiclientauth.facade.event;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.ClientId;
import io.github.multiclientauth.facade.client.Provider;
import io.github.multiclientauth.origin.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an administrator has changed of one application.
 *
 * @param originsAdded sorted, as all lists are
 * @param settings which other settings differ now. Their values may be secret
 */
public record ApplicationChange(
        ClientId client,
        Kind kind,
        List<String> originsAdded,
        List<String> originsRemoved,
        List<String> providersAdded,
        List<String> providersRemoved,
        Set<Setting> settings) {

    /** What happened to an application. */
    public enum Kind {
        ADDED,
        CHANGED,
        /** It is no longer listed, or can no longer be served. */
        REMOVED
    }

    /** A setting of an application, beside its origins and providers. */
    public enum Setting {
        NAME(Application::name),
        /** How its client authenticates, secrets included. */
        AUTHENTICATION(Application::authentication),
        DEMANDS(Application::demands),
        PREVIEWS(Application::previews),
        PAGES(Application::pages),
        REDIRECT_URIS(Application::redirectUris),
        STEP_UP(Application::stepUp),
        API_ACCESS(Application::apiAccess),
        ENABLED(Application::enabled);

        private final Function<Application, Object> value;

        Setting(Function<Application, Object> value) {
            this.value = value;
        }

        private boolean differs(Application one, Application other) {
            return !value.apply(one).equals(value.apply(other));
        }
    }

    public ApplicationChange {
        originsAdded = List.copyOf(originsAdded);
        originsRemoved = List.copyOf(originsRemoved);
        providersAdded = List.copyOf(providersAdded);
        providersRemoved = List.copyOf(providersRemoved);
        settings = Set.copyOf(settings);
    }

    /** Compares two lists of applications. */
    public static List<ApplicationChange> between(List<Application> before, List<Application> after) {
        Map<ClientId, Application> old = byClient(before);
        Map<ClientId, Application> current = byClient(after);
        List<ApplicationChange> changes = new ArrayList<>();
        Set<ClientId> clients = new HashSet<>(old.keySet());
        clients.addAll(current.keySet());
        clients.stream()
                .sorted(Comparator.comparing(ClientId::value))
                .forEach(client -> of(
                                client, Optional.ofNullable(old.get(client)), Optional.ofNullable(current.get(client)))
                        .ifPresent(changes::add));
        return changes;
    }

    private static Map<ClientId, Application> byClient(List<Application> applications) {
        Map<ClientId, Application> byClient = new LinkedHashMap<>();
        applications.forEach(application -> byClient.put(application.clientId(), application));
        return byClient;
    }

    private static Optional<ApplicationChange> of(
            ClientId client, Optional<Application> before, Optional<Application> after) {
        if (before.equals(after)) {
            return Optional.empty();
        }
        Set<String> oldOrigins = before.map(ApplicationChange::origins).orElse(Set.of());
        Set<String> newOrigins = after.map(ApplicationChange::origins).orElse(Set.of());
        Set<String> oldProviders = before.map(ApplicationChange::providers).orElse(Set.of());
        Set<String> newProviders = after.map(ApplicationChange::providers).orElse(Set.of());
        Set<Setting> settings = before.isPresent() && after.isPresent()
                ? differing(before.get(), after.get())
                : EnumSet.noneOf(Setting.class);
        // The directory lists nothing else of an application whose client is disabled.
        boolean switched = settings.contains(Setting.ENABLED);
        return Optional.of(new ApplicationChange(
                client,
                before.isEmpty() ? Kind.ADDED : after.isEmpty() ? Kind.REMOVED : Kind.CHANGED,
                without(newOrigins, oldOrigins),
                without(oldOrigins, newOrigins),
                switched ? List.of() : without(newProviders, oldProviders),
                switched ? List.of() : without(oldProviders, newProviders),
                switched ? Set.of(Setting.ENABLED) : settings));
    }

    private static Set<Setting> differing(Application before, Application after) {
        Set<Setting> settings = EnumSet.noneOf(Setting.class);
        for (Setting setting : Setting.values()) {
            if (setting.differs(before, after)) {
                settings.add(setting);
            }
        }
        return settings;
    }

    private static Set<String> origins(Application application) {
        return application.origins().stream().map(Origin::toString).collect(Collectors.toSet());
    }

    private static Set<String> providers(Application application) {
        return application.providers().stream().map(Provider::alias).collect(Collectors.toSet());
    }

    private static List<String> without(Set<String> all, Set<String> others) {
        return all.stream().filter(each -> !others.contains(each)).sorted().toList();
    }
}
