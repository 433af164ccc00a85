package io.github.multiclientauth.facade.signin;

import io.github.multiclientauth.facade.client.StepUp;
import io.github.multiclientauth.facade.oidc.Authentication;
import io.github.multiclientauth.facade.wire.AuthRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a sign-in demands of the authentication. The browser carries the demand to Keycloak, where its user can change it:
 * so the transaction remembers it, and the callback compares.
 *
 * @param login whether the user has to authenticate anew ({@code prompt=login})
 * @param maxAge how many seconds ago the user may have authenticated ({@code max_age})
 * @param acr levels, one of which has to be reached ({@code acr_values})
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation">OpenID Connect Core 1.0,
 *     section 3.1.3.7, steps 12 and 13</a>
 */
record Demand(boolean login, OptionalInt maxAge, List<String> acr) {

    static final Demand NONE = new Demand(false, OptionalInt.empty(), List.of());

    /** The parameters that demand something. */
    private static final String PROMPT = "prompt";

    private static final String MAX_AGE = "max_age";
    private static final String ACR_VALUES = "acr_values";

    /** Three years. Keycloak fails on what is no number, and adds larger ones up to a negative one. */
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,8}");

    /** Keycloak ignores what it does not know, such as {@code Login}. A provider behind it may know more than Keycloak. */
    private static final Pattern PROMPTS = Pattern.compile("[a-z_]{1,40}( [a-z_]{1,40}){0,4}");

    /** In bytes: a sign-in's cookie has to hold them. */
    private static final int MAX_LEVELS = 255;

    /** How far the clocks of Keycloak's nodes may differ, and how long the way back from Keycloak usually takes. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    /** What Keycloak gives a code by default. Slow networks, and previews, need some of it. */
    private static final Duration WAY_BACK = Duration.ofSeconds(60);

    /** How well the facade knows Keycloak's clock. */
    private static final Duration CLOCK_ERROR = Duration.ofMillis(250);

    /** The level that Keycloak gives to a session of before, if its flow has no levels. */
    private static final String SINGLE_SIGN_ON = "0";

    Demand {
        acr = List.copyOf(acr);
    }

    /** The demand of an application at every sign-in. */
    static Demand of(StepUp application) {
        return new Demand(
                false,
                application.maximumAge(),
                application.minimumAcr().stream().toList());
    }

    /** The demand of a request without a {@link #problem}. */
    static Demand of(AuthRequest request) {
        return new Demand(
                request.query().nonEmpty(PROMPT).filter(Demand::wantsLogin).isPresent(),
                request.query()
                        .get(MAX_AGE)
                        .map(value -> OptionalInt.of(Integer.parseInt(value)))
                        .orElse(OptionalInt.empty()),
                request.query().get(ACR_VALUES).map(Demand::levels).orElse(List.of()));
    }

    /** What is wrong with the demand of a request. Keycloak would ignore most of it, and sign the user in without it. */
    static Optional<String> problem(AuthRequest request) {
        Optional<String> inBody = Stream.of(MAX_AGE, ACR_VALUES, PROMPT)
                .filter(name -> request.query().get(name).isEmpty())
                .filter(name -> request.body()
                        .get(name)
                        .filter(value -> !name.equals(PROMPT) || wantsLogin(value))
                        .isPresent())
                .findFirst();
        if (inBody.isPresent()) {
            return Optional.of(inBody.get() + " is in the body, where it has no effect: it belongs into the address");
        }
        Optional<String> maxAge = request.query().get(MAX_AGE);
        if (maxAge.filter(value -> !SECONDS.matcher(value).matches()).isPresent()) {
            return Optional.of("max_age has to be whole seconds, at most eight digits: \"" + maxAge.get() + "\"");
        }
        Optional<String> levels = request.query().get(ACR_VALUES);
        if (levels.filter(value -> !areLevels(value)).isPresent()) {
            return Optional.of("acr_values has to be names with spaces between them, at most " + MAX_LEVELS
                    + " bytes together: \"" + levels.get() + "\"");
        }
        Optional<String> prompt = request.query().nonEmpty(PROMPT);
        if (prompt.filter(value -> !PROMPTS.matcher(value).matches()
                        || wantsLogin(value) && words(value).contains("none"))
                .isPresent()) {
            return Optional.of(
                    "prompt has to be lower-case words with spaces between them, none alone: \"" + prompt.get() + "\"");
        }
        return Optional.empty();
    }

    private static boolean wantsLogin(String prompt) {
        return words(prompt).contains("login");
    }

    private static boolean areLevels(String values) {
        return values.getBytes(StandardCharsets.UTF_8).length <= MAX_LEVELS
                && !levels(values).isEmpty()
                && levels(values).stream().allMatch(StepUp::isLevel);
    }

    private static List<String> levels(String values) {
        return words(values).stream().distinct().toList();
    }

    private static List<String> words(String text) {
        return Stream.of(text.split(" ")).filter(word -> !word.isEmpty()).toList();
    }

    boolean isNone() {
        return equals(NONE);
    }

    /** The stricter of this demand and that of the application: what Keycloak is asked for. */
    Demand and(StepUp application) {
        Demand other = of(application);
        return new Demand(
                login,
                Stream.of(maxAge, other.maxAge)
                        .flatMapToInt(OptionalInt::stream)
                        .min(),
                application
                        .minimumAcr()
                        .map(minimum -> atLeast(minimum, application))
                        .orElse(acr));
    }

    private List<String> atLeast(String minimum, StepUp levels) {
        List<String> enough =
                acr.stream().filter(value -> levels.reaches(value, minimum)).toList();
        return enough.isEmpty() ? List.of(minimum) : enough;
    }

    /** The parameters {@code max_age} and {@code acr_values}. The application's {@code prompt} is passed on as it is. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        maxAge.ifPresent(seconds -> parameters.put(MAX_AGE, Integer.toString(seconds)));
        if (!acr.isEmpty()) {
            parameters.put(ACR_VALUES, String.join(" ", acr));
        }
        return parameters;
    }

    /** The parameters with which an application makes the same demand again. */
    Map<String, String> asRequested() {
        Map<String, String> parameters = new LinkedHashMap<>(parameters());
        if (login) {
            parameters.put(PROMPT, "login");
        }
        return parameters;
    }

    /**
     * Why an authentication does not meet the demand. Empty if it does.
     *
     * @param levels orders the levels
     * @param startedAt when the sign-in began, by Keycloak's clock
     * @param now by Keycloak's clock
     */
    Optional<String> unmetBy(Authentication given, StepUp levels, Instant startedAt, Instant now) {
        Optional<String> old = login || maxAge.isPresent() ? tooOld(given, startedAt, now) : Optional.empty();
        return old.or(() -> acr.isEmpty() ? Optional.empty() : tooLow(given, levels));
    }

    private Optional<String> tooOld(Authentication given, Instant startedAt, Instant now) {
        if (given.time().isEmpty()) {
            return Optional.of(
                    "the ID token has no usable auth_time: has the client the client scope basic, with the mapper"
                            + " auth_time?");
        }
        Instant time = given.time().get();
        Duration age = Duration.between(time, now);
        if (age.plus(SKEW).isNegative()) {
            return Optional.of("auth_time is " + -age.toSeconds() + " s in the future");
        }
        // Keycloak counts whole seconds.
        boolean since = !time.isBefore(startedAt.minus(CLOCK_ERROR).truncatedTo(ChronoUnit.SECONDS));
        int longest = login ? 0 : maxAge.orElse(0);
        if (longest == 0 && (!since || login && given.acr().equals(Optional.of(SINGLE_SIGN_ON)))) {
            return Optional.of("the user was to authenticate anew (" + (login ? "prompt=login" : "max_age=0")
                    + "), and did " + age.toSeconds() + " s ago, before the sign-in began");
        }
        return age.compareTo(Duration.ofSeconds(longest).plus(since ? WAY_BACK : SKEW)) > 0
                ? Optional.of("the user authenticated " + age.toSeconds() + " s ago, and at most " + longest
                        + " s were demanded")
                : Optional.empty();
    }

    private Optional<String> tooLow(Authentication given, StepUp levels) {
        if (given.acr().isEmpty()) {
            return Optional.of(
                    "the ID token has no usable acr: has the client the client scope acr, with the mapper acr loa level?");
        }
        String reached = given.acr().get();
        return acr.stream().anyMatch(value -> levels.reaches(reached, value))
                ? Optional.empty()
                : Optional.of("acr is \"" + reached + "\", and \"" + String.join("\" or \"", acr)
                        + "\" was demanded: can the browser flow reach that level, and does the client's ACR to LoA Mapping"
                        + " name it?");
    }

    /** One line for {@link #read}. */
    String write() {
        return Stream.concat(
                        Stream.of(
                                login ? "login" : "-", maxAge.isPresent() ? Integer.toString(maxAge.getAsInt()) : "-"),
                        acr.stream())
                .collect(Collectors.joining(" "));
    }

    /** @throws IllegalArgumentException if nothing has written this line */
    static Demand read(String line) {
        String[] words = line.split(" ");
        if (words.length < 2 || !words[0].equals("login") && !words[0].equals("-")) {
            throw new IllegalArgumentException("no demand");
        }
        return new Demand(
                words[0].equals("login"),
                words[1].equals("-") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(words[1])),
                List.of(words).subList(2, words.length));
    }
}
