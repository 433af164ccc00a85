package io.github.multiclientauth.testbed.web;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads and writes {@code application/x-www-form-urlencoded}, in queries and bodies. */
public final class Parameters {

    private Parameters() {}

    public static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** Adds {@code parameters} to the query of {@code address}, which may have none. */
    public static String append(String address, Map<String, String> parameters) {
        return address + (URI.create(address).getRawQuery() == null ? "?" : "&") + encode(parameters);
    }

    /** The parameters in the query of {@code address}. If a name is there twice, the first value counts. */
    public static Map<String, String> ofQuery(URI address) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String query = address.getRawQuery();
        if (query != null) {
            for (String pair : query.split("&")) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                parameters.putIfAbsent(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
