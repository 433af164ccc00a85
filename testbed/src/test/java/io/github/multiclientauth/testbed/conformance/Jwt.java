package io.github.multiclientauth.testbed.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A JWT that can be changed in every way, before and after it is signed. */
final class Jwt {

    /** {@code null} in JSON. A Java null removes the member. */
    static final Object NULL = NullNode.getInstance();

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Object> header = new LinkedHashMap<>();
    private final Map<String, Object> claims = new LinkedHashMap<>();
    private UnaryOperator<String> headerText = UnaryOperator.identity();
    private UnaryOperator<String> claimsText = UnaryOperator.identity();
    private UnaryOperator<String> afterwards = UnaryOperator.identity();
    private Signer signer;

    Jwt(Map<String, Object> header, Map<String, Object> claims, Signer signer) {
        this.header.putAll(header);
        this.claims.putAll(claims);
        this.signer = signer;
    }

    Jwt header(String name, Object value) {
        return put(header, name, value);
    }

    Jwt claim(String name, Object value) {
        return put(claims, name, value);
    }

    Object claim(String name) {
        return claims.get(name);
    }

    private Jwt put(Map<String, Object> members, String name, Object value) {
        if (value == null) {
            members.remove(name);
        } else {
            members.put(name, value);
        }
        return this;
    }

    /** Changes the JSON of the header before it is signed. */
    Jwt headerText(UnaryOperator<String> change) {
        headerText = change;
        return this;
    }

    /** Changes the JSON of the claims before it is signed. */
    Jwt claimsText(UnaryOperator<String> change) {
        claimsText = change;
        return this;
    }

    /** Writes a claim twice: first this value, then the one that is there. */
    Jwt before(String name, Object value) {
        return claimsText(json -> "{" + member(name, value) + "," + json.substring(1));
    }

    /** Writes a claim twice: first the value that is there, then this one. */
    Jwt after(String name, Object value) {
        return claimsText(json -> json.substring(0, json.length() - 1) + "," + member(name, value) + "}");
    }

    private static String member(String name, Object value) {
        return json(Map.of(name, value)).replaceAll("^\\{|\\}$", "");
    }

    Jwt signedBy(String algorithm, Signer other) {
        header("alg", algorithm);
        signer = other;
        return this;
    }

    Jwt signedBy(Signer other) {
        signer = other;
        return this;
    }

    /** Changes the finished token. */
    Jwt afterwards(UnaryOperator<String> change) {
        afterwards = change;
        return this;
    }

    /** Changes one part of the finished token. */
    Jwt part(int which, UnaryOperator<String> change) {
        return afterwards(token -> {
            String[] parts = token.split("\\.", -1);
            parts[which] = change.apply(parts[which]);
            return String.join(".", parts);
        });
    }

    String text() {
        String input = encoded(headerText.apply(json(header))) + "." + encoded(claimsText.apply(json(claims)));
        try {
            return afterwards.apply(input + "." + encoded(signer.sign(input.getBytes(US_ASCII))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String encoded(String text) {
        return encoded(text.getBytes(UTF_8));
    }

    static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
