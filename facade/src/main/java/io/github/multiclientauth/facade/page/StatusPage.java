package io.github.multiclientauth.facade.page;

import io.github.multiclientauth.facade.page.PageRenderer.Rendered;
import io.github.multiclientauth.facade.status.Status;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.inject.Singleton;

/**
 * Renders the status for operators. It looks like the pages for users, but an operator's own templates, texts and style
 * sheet do not change it: it also has to be readable when one of them is wrong.
 */
@Singleton
public final class StatusPage {

    private final Template template;
    private final Languages languages = Languages.ofStatus();
    private final String style = Resources.read(OperatorFiles.STYLE) + Resources.read("status.css");

    StatusPage(@Location("status") Template template) {
        this.template = template;
    }

    /** @param acceptLanguage the header of the request, or null */
    public Rendered html(Status status, String acceptLanguage) {
        Texts texts = languages.best(acceptLanguage);
        return new Rendered(
                template.data("status", status)
                        .data("text", texts)
                        .data("view", new StatusView(texts, status))
                        .data("style", style)
                        .render(),
                texts.getLanguage());
    }

    /** The Content-Security-Policy of the page: its own style sheet, and forms to the management port only. */
    public String contentSecurityPolicy() {
        return "default-src 'none'; style-src '" + PageRenderer.hashOf(style)
                + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }
}
