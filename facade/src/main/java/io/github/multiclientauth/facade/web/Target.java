package io.github.multiclientauth.facade.web;

/**
 * The target of a request line, path and query apart, nothing decoded or normalised: proxies, routers and file systems
 * decode differently, and rules that one of them enforces must not be dodged with a spelling that another understands.
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
