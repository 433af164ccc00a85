package io.github.multiclientauth.extension.doctor;

import static java.util.stream.Collectors.joining;

import io.github.multiclientauth.extension.provider.ProviderAlias;
import io.github.multiclientauth.origin.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds what is wrong with the settings of a realm and its applications. */
public final class Diagnosis {

    /** Keycloak's own login page, which is allowed by this name as if it were a provider. */
    private static final String OWN_LOGIN_PAGE = "keycloak";

    private final ExaminedRealm realm;
    private final List<Finding> findings = new ArrayList<>();

    private Diagnosis(ExaminedRealm realm) {
        this.realm = realm;
    }

    /** Returns the findings, in the same order for the same realm. */
    public static List<Finding> of(ExaminedRealm realm) {
        Diagnosis diagnosis = new Diagnosis(realm);
        diagnosis.examineRealm();
        realm.applications().forEach(diagnosis::examine);
        diagnosis.examineOriginsOfAll();
        return diagnosis.findings.stream().sorted(Finding.ORDER).distinct().toList();
    }

    private void examineRealm() {
        for (ExaminedFlow flow : realm.flows()) {
            examineStep(flow);
            flow.optional()
                    .forEach(clientId -> findings.add(
                            new Finding(FindingKind.SCOPE_OPTIONAL, Optional.of(clientId), flow.clientScope())));
            if (!flow.scopeExists()) {
                findings.add(Finding.ofRealm(FindingKind.SCOPE_MISSING, flow.clientScope()));
            } else if (!flow.scopeHasMapper()) {
                findings.add(Finding.ofRealm(FindingKind.SCOPE_WITHOUT_MAPPER, flow.clientScope()));
            }
        }
        realm.impostors().forEach(alias -> findings.add(Finding.ofRealm(FindingKind.PROVIDER_NAMED_KEYCLOAK, alias)));
        // Only providers have pictures.
        if (!realm.keepsPicture() && !realm.signingIn().isEmpty()) {
            findings.add(Finding.ofRealm(FindingKind.PICTURE_NOT_KEPT, "picture"));
        }
    }

    /** Examines the flow for each application. Other clients' sign-ins are not examined. */
    private void examineStep(ExaminedFlow flow) {
        if (flow.step() != ExaminedFlow.Step.FIRST) {
            FindingKind kind = flow.step() == ExaminedFlow.Step.MISSING
                    ? FindingKind.FLOW_WITHOUT_STEP
                    : FindingKind.STEP_BESIDE_ALTERNATIVES;
            flow.clientIds().forEach(clientId -> findings.add(new Finding(kind, Optional.of(clientId), flow.alias())));
        }
    }

    private void examine(ExaminedApplication application) {
        SignInSettings.examine(
                application.settings(), (kind, subject) -> findings.add(Finding.of(application, kind, subject)));
        application
                .unusableDemands()
                .forEach(demand -> findings.add(Finding.of(application, FindingKind.DEMAND_UNUSABLE, demand)));
        examineOrigins(application);
        examineProviders(application);
        examineLogout(application);
        examineApiAccess(application);
    }

    private void examineOrigins(ExaminedApplication application) {
        Set<Origin> redirecting = new HashSet<>();
        application.redirectUris().forEach(uri -> Origin.ofUrl(uri).ifPresent(redirecting::add));
        boolean usable = application.webOrigins().stream()
                .anyMatch(entry -> Origin.parse(entry).isPresent());
        for (String entry : application.webOrigins()) {
            Optional<Origin> origin = Origin.parse(entry);
            if (origin.isEmpty() && usable) {
                findings.add(Finding.of(application, FindingKind.ORIGIN_UNUSABLE, entry));
            } else if (origin.isPresent() && !redirecting.isEmpty() && !redirecting.contains(origin.get())) {
                findings.add(Finding.of(
                        application,
                        FindingKind.ORIGIN_WITHOUT_REDIRECT_URI,
                        origin.get().toString()));
            }
        }
        if (!usable) {
            String entered = application.webOrigins().stream().sorted().collect(joining(", "));
            findings.add(Finding.of(application, FindingKind.ORIGIN_MISSING, entered.isEmpty() ? "nothing" : entered));
        }
    }

    private void examineProviders(ExaminedApplication application) {
        // Every application offers the same ones, so each is reported once, for the realm.
        application.offered().stream()
                .filter(alias -> !ProviderAlias.isUsable(alias))
                .forEach(alias -> findings.add(Finding.ofRealm(FindingKind.PROVIDER_ALIAS_UNUSABLE, alias)));
        examineCallbacks(application);
        List<String> unavailable = application.named().stream()
                .filter(alias -> !alias.equals(OWN_LOGIN_PAGE))
                .filter(alias -> !application.offered().contains(alias))
                .filter(alias -> !realm.signingIn().contains(alias))
                .toList();
        unavailable.forEach(alias -> findings.add(Finding.of(application, FindingKind.PROVIDER_UNAVAILABLE, alias)));
        application
                .onlyNamed()
                .forEach((alias, shared) -> findings.add(Finding.of(
                        application,
                        FindingKind.SIBLING_DOES_NOT_COUNT,
                        "\"%s\" is named after \"%s\" and this client".formatted(alias, shared))));
        if (unavailable.isEmpty() && application.offered().stream().noneMatch(ProviderAlias::isUsable)) {
            findings.add(Finding.of(application, FindingKind.NO_PROVIDER, application.clientId()));
        }
    }

    /** Providers without a redirect URI are one finding together: usually one entry is missing or misspelt. */
    private void examineCallbacks(ExaminedApplication application) {
        List<String> missing = Stream.concat(
                        application.withoutCallback().stream().filter(ProviderAlias::isUsable),
                        // The login page is offered only where its redirect URI is registered.
                        application.named().stream()
                                .filter(OWN_LOGIN_PAGE::equals)
                                .filter(alias -> !application.offered().contains(alias)))
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            findings.add(Finding.of(application, FindingKind.REDIRECT_URI_MISSING, String.join("\", \"", missing)));
        }
        application
                .unusedCallbacks()
                .forEach(uri -> findings.add(Finding.of(application, FindingKind.REDIRECT_URI_UNUSED, uri)));
    }

    private void examineLogout(ExaminedApplication application) {
        if (application.settings().frontChannelLogout()) {
            application
                    .logoutUrl()
                    .ifPresent(url -> findings.add(Finding.of(application, FindingKind.FRONT_CHANNEL_LOGOUT, url)));
        }
        application
                .logoutUrl()
                .filter(realm.unreachable()::contains)
                .ifPresent(url -> findings.add(Finding.of(application, FindingKind.LOGOUT_URL_UNREACHABLE, url)));
    }

    private void examineApiAccess(ExaminedApplication application) {
        ExaminedApiAccess access = application.settings().apiAccess();
        access.unusable()
                .forEach(entry -> findings.add(Finding.of(application, FindingKind.API_ACCESS_UNUSABLE, entry)));
        access.unknownAudiences()
                .forEach(entry -> findings.add(Finding.of(application, FindingKind.API_ACCESS_AUDIENCE, entry)));
        access.missingScopes()
                .forEach(entry -> findings.add(Finding.of(application, FindingKind.API_ACCESS_SCOPE, entry)));
        if (access.certificateBound()) {
            findings.add(Finding.of(application, FindingKind.API_ACCESS_CERTIFICATE, ""));
        }
    }

    private void examineOriginsOfAll() {
        Map<Origin, Set<String>> claims = new HashMap<>();
        for (ExaminedApplication application : realm.applications()) {
            for (String entry : application.webOrigins()) {
                Origin.parse(entry)
                        .ifPresent(origin -> claims.computeIfAbsent(origin, any -> new TreeSet<>())
                                .add(application.clientId()));
            }
        }
        claims.forEach((origin, clientIds) -> {
            if (clientIds.size() > 1) {
                findings.add(Finding.ofRealm(
                        FindingKind.ORIGIN_REGISTERED_TWICE,
                        "%s (of %s)".formatted(origin, String.join(", ", clientIds))));
            }
        });
    }
}
