package io.github.multiclientauth.facade.page;

import io.github.multiclientauth.facade.oidc.ClientKeys;
import io.github.multiclientauth.facade.status.Listing;
import io.github.multiclientauth.facade.status.Status;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Words for the values of a status that are more than texts. */
public final class StatusView {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Certificates that expire sooner are marked. */
    private static final Duration SOON = Duration.ofDays(30);

    private final Texts texts;
    private final Status status;

    StatusView(Texts texts, Status status) {
        this.texts = texts;
        this.status = status;
    }

    /** The time at which the status was put together. */
    public String now() {
        return TIME.format(status.now());
    }

    /** The time for the {@code datetime} attribute. */
    public String machine(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The day until which a certificate is valid. */
    public String day(Instant time) {
        return isUnlimited(time) ? texts.of("keys.unlimited") : DAY.format(time);
    }

    /** Whether a certificate says that it does not expire (RFC 5280, section 4.1.2.5), as those of the facade do. */
    public boolean isUnlimited(Instant time) {
        return time.atOffset(ZoneOffset.UTC).getYear() >= 9999;
    }

    public String ago(Instant time) {
        Duration ago = Duration.between(time, status.now());
        return ago.toSeconds() < 1 ? texts.of("ago.now") : texts.of("ago", texts.duration(ago));
    }

    /** Why the facade is not ready. */
    public String problem() {
        return status.problem()
                .map(problem -> problem.match(
                        unknown -> texts.of("problem.unknown", unknown.text()), emptied -> texts.of("problem.emptied")))
                .orElse("");
    }

    /** How long the doctor has been running. */
    public String running() {
        return status.examination()
                .runningSince()
                .map(since -> texts.of("doctor.running", texts.duration(Duration.between(since, status.now()))))
                .orElse("");
    }

    /** When the doctor has looked. */
    public String examined() {
        return status.examination()
                .endedAt()
                .map(at -> texts.of("doctor.ended", ago(at)))
                .orElse("");
    }

    public String age(Instant time) {
        return texts.duration(Duration.between(time, status.now()));
    }

    /** The link to the list of all applications. */
    public String all() {
        return "?#applications";
    }

    public String uptime() {
        return texts.duration(status.facade().uptime());
    }

    /** How much time is left, or that none is. */
    public String left(Instant time) {
        Duration left = Duration.between(status.now(), time);
        return left.isNegative() ? texts.of("keys.expired") : texts.of("keys.left", texts.duration(left));
    }

    public boolean isSoon(Instant time) {
        return time.isBefore(status.now().plus(SOON));
    }

    public String endpoint(Status.Contact contact) {
        return texts.of("endpoint." + contact.endpoint().replace('_', '-'));
    }

    public String use(ClientKeys.Description key) {
        return texts.of("keys." + key.use().name().toLowerCase(Locale.ROOT));
    }

    /** Which of the applications are shown. */
    public String shown() {
        Listing listing = status.applications();
        return texts.of("applications.shown", listing.first(), listing.last(), listing.matching());
    }

    /** The link to another page of the same search. Relative, since a proxy may add a path. */
    public String link(int page) {
        String text = status.applications().text();
        return "?" + (text.isEmpty() ? "" : "q=" + URLEncoder.encode(text, StandardCharsets.UTF_8) + "&") + "page="
                + page + "#applications";
    }
}
