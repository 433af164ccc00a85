package io.github.multiclientauth.facade.web;

/**
 * Path and query of a request line, neither decoded nor normalised. Proxies, routers and file systems decode differently, so
 * that another spelling could get around a rule that one of them enforces.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-3.2.1">RFC 9112, section 3.2.1, origin-form</a>
 */
record Target(String path, String query) {

    static Target of(String requestTarget) {
        int question = requestTarget.indexOf('?');
        return question < 0
                ? new Target(requestTarget, "")
                : new Target(requestTarget.substring(0, question), requestTarget.substring(question + 1));
    }
}
