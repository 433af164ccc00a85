package io.github.multiclientauth.facade.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.facade.wire.Page;
import io.github.multiclientauth.facade.wire.Sha256;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import jakarta.inject.Singleton;
import java.util.Base64;

/**
 * Renders a {@link Page} as HTML or JSON, in the reader's language. Qute escapes all values, since the templates are {@code
 * .html}.
 */
@Singleton
public final class PageRenderer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Template signIn;
    private final Template signOut;
    private final Template sessions;
    private final Template problem;
    private final Languages languages;
    private final Marks marks = new Marks();
    private final String style;
    private final String policy;

    PageRenderer(
            @Location("sign-in") Template signIn,
            @Location("sign-out") Template signOut,
            @Location("sessions") Template sessions,
            @Location("problem") Template problem,
            OperatorFiles files) {
        this.signIn = signIn;
        this.signOut = signOut;
        this.sessions = sessions;
        this.problem = problem;
        this.languages = new Languages(files);
        this.style = files.content(OperatorFiles.STYLE).orElseGet(() -> Resources.read(OperatorFiles.STYLE));
        // No form-action: browsers apply it to redirects after the form too, and those lead to Keycloak and its
        // providers.
        this.policy =
                "default-src 'none'; style-src '" + hashOf(this.style) + "'; base-uri 'none'; frame-ancestors 'none'";
        if (!files.isEmpty()) {
            tryOut();
        }
    }

    /** The rendered page and its language, for {@code Content-Language}. */
    public record Rendered(String content, String language) {}

    /**
     * Renders the page as HTML.
     *
     * @param acceptLanguage the header of the request, or null
     */
    public Rendered html(Page page, String acceptLanguage) {
        Texts texts = languages.best(acceptLanguage);
        return new Rendered(html(page, texts), texts.getLanguage());
    }

    /** Renders the text of the page as {@code {"message", "reference"}}, for programs that asked for JSON. */
    public Rendered json(Page page, String acceptLanguage) {
        Texts texts = languages.best(acceptLanguage);
        ObjectNode body = page.match(
                signIn -> says(signIn.notice()
                        .map(texts::of)
                        .orElseGet(() -> texts.of("sign-in.title", signIn.application()))),
                signOut -> says(texts.of("sign-out.heading", signOut.application())),
                sessions -> says(texts.of("sessions.title")),
                problem -> says(texts.heading(problem) + ". " + texts.text(problem))
                        .put("reference", problem.reference().value()));
        return new Rendered(body.toString(), texts.getLanguage());
    }

    /**
     * The Content-Security-Policy of the pages, which allows their own style sheet and nothing else.
     *
     * @see <a href="https://www.w3.org/TR/CSP3/">Content Security Policy Level 3</a>
     */
    public String contentSecurityPolicy() {
        return policy;
    }

    private String html(Page page, Texts texts) {
        return template(page)
                .data("page", page)
                .data("text", texts)
                .data("marks", marks)
                .data("style", style)
                .render();
    }

    private static ObjectNode says(String message) {
        return JSON.createObjectNode().put("message", message);
    }

    private Template template(Page page) {
        return page.match(anySignIn -> signIn, anySignOut -> signOut, anySessions -> sessions, anyProblem -> problem);
    }

    /** Renders every page once, so that a mistake in the operator's files shows at start and not on an error page. */
    private void tryOut() {
        for (Texts texts : languages.all()) {
            for (Page page : SamplePages.all()) {
                try {
                    html(page, texts);
                } catch (TemplateException | IllegalArgumentException e) {
                    throw new UnusablePagesException(
                            "the page " + page.getClass().getSimpleName() + " in " + texts.getLanguage(),
                            e.getMessage());
                }
            }
        }
    }

    /** The hash of a style sheet as the Content-Security-Policy names it. */
    static String hashOf(String text) {
        return "sha256-" + Base64.getEncoder().encodeToString(Sha256.of(text));
    }
}
