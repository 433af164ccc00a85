package io.github.multiclientauth.facade.page;

import io.github.multiclientauth.facade.wire.Page;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** The texts of the pages in one language. Plain text, which the templates escape. */
public final class Texts {

    private final Locale locale;
    private final Map<String, String> words;

    /** @param words by key, all of them */
    Texts(Locale locale, Map<String, String> words) {
        this.locale = locale;
        this.words = Map.copyOf(words);
    }

    /** The language tag (BCP 47), for the {@code lang} attribute and {@code Content-Language}. */
    public String getLanguage() {
        return locale.toLanguageTag();
    }

    /** @throws IllegalArgumentException if no text has this key */
    public String of(String key) {
        return of(key, "");
    }

    /**
     * The text with a value in it.
     *
     * @param value the application's name, or the provider's
     * @throws IllegalArgumentException if no text has this key
     */
    public String of(String key, String value) {
        return text(key, value);
    }

    /** The text with three numbers in it. */
    String of(String key, int first, int second, int third) {
        return text(key, first, second, third);
    }

    /** The text with a number in it. */
    public String of(String key, int number) {
        return text(key, number);
    }

    private String text(String key, Object... values) {
        String pattern = words.get(key);
        if (pattern == null) {
            throw new IllegalArgumentException("There is no text " + key);
        }
        return new MessageFormat(pattern, locale).format(values);
    }

    public String of(Page.Notice notice) {
        return of(key("notice", notice));
    }

    /** The heading: what happened, in a few words. */
    public String heading(Page.Problem problem) {
        return of(
                key("problem", problem.cause()) + ".heading",
                problem.application().orElse(""));
    }

    /** The paragraph: what happened, and what to do. */
    public String text(Page.Problem problem) {
        return of(
                key("problem", problem.cause()) + ".text", problem.application().orElse(""));
    }

    /** The label of the button: another try where one may help, otherwise the way to the application. */
    public String back(Page.Problem problem) {
        return of(
                problem.cause().again() ? "back" : "home", problem.application().orElse(""));
    }

    /** The browser and the system in which a session began, as far as they are known. */
    public String device(Page.Session session) {
        return session.browser()
                .flatMap(browser -> session.system().map(system -> text("sessions.device", browser, system)))
                .or(session::browser)
                .or(session::system)
                .orElseGet(() -> of("sessions.unknown-device"));
    }

    /** How long ago a time was. Nobody has to know a time zone for that. */
    public String ago(Page.Sessions page, Instant time) {
        Duration ago = Duration.between(time, page.now());
        if (ago.toMinutes() < 1) {
            return of("ago.now");
        }
        if (ago.toHours() < 1) {
            return text("ago.minutes", ago.toMinutes());
        }
        return ago.toDays() < 1 ? text("ago.hours", ago.toHours()) : text("ago.days", ago.toDays());
    }

    /** How long ago something was, or how long it has lasted: in the two largest units at most. */
    public String duration(Duration duration) {
        if (duration.toSeconds() < 1) {
            return of("duration.moment");
        }
        if (duration.toMinutes() < 1) {
            return text("duration.seconds", duration.toSeconds());
        }
        if (duration.toHours() < 1) {
            return text("duration.minutes", duration.toMinutes(), duration.toSecondsPart());
        }
        return duration.toDays() < 1
                ? text("duration.hours", duration.toHours(), duration.toMinutesPart())
                : text("duration.days", duration.toDays(), duration.toHoursPart());
    }

    private static String key(String group, Enum<?> constant) {
        return group + "." + constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
