package io.github.multiclientauth.facade.endpoint;

import io.github.multiclientauth.facade.wire.AuthRequest;
import io.github.multiclientauth.facade.wire.CallbackUrl;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The parameters that an application's own page gets, as {@code pages} of Auth.js passes them on. */
final class OwnPages {

    /** In characters. Codes are shorter, and a stranger may have written a longer text. */
    private static final int LONGEST = 100;

    private static final List<String> PASSED_ON = List.of("error", AuthRequest.CODE, AuthRequest.REFERENCE);

    private OwnPages() {}

    /** What went wrong. {@code Default} is the code of Auth.js for any other error. */
    static String query(AuthRequest request) {
        String said = PASSED_ON.stream()
                .flatMap(name -> request.query().nonEmpty(name).filter(value -> value.length() <= LONGEST).stream()
                        .map(value -> name + "=" + encoded(value)))
                .collect(Collectors.joining("&"));
        return said.isEmpty() ? "error=Default" : said;
    }

    /** Where the person wants to go, and what went wrong, if anything. */
    static String query(AuthRequest request, CallbackUrl callbackUrl) {
        String query = "callbackUrl=" + encoded(callbackUrl.value());
        return request.query().nonEmpty("error").isPresent() ? query + "&" + query(request) : query;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
