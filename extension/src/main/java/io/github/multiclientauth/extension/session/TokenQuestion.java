package io.github.multiclientauth.extension.session;

import java.util.Optional;

/**
 * A question for an access token of one session.
 *
 * @param question about the session. It does not keep the session from becoming idle
 * @param jkt the thumbprint of the key that the token is bound to (RFC 9449, section 6.1); empty for none
 */
record TokenQuestion(Question question, Optional<String> jkt) {}
