package io.github.multiclientauth.facade.seal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Tokens that the real libraries sealed, and tokens that they refuse. */
public final class AuthJsVectors {

    private static final JsonNode ALL = load();

    private AuthJsVectors() {}

    /** A member of the file, such as {@code csrf}. */
    public static JsonNode at(String member) {
        return ALL.required(member);
    }

    /** Tokens of Auth.js 5 with everything that they were made from. */
    static Stream<V5> v5() {
        return elements("v5").map(V5::new);
    }

    static Stream<JsonNode> elements(String member) {
        return StreamSupport.stream(at(member).spliterator(), false);
    }

    /** The name of the test case: its note. */
    record V5(JsonNode json) {

        String get(String member) {
            return json.required(member).textValue();
        }

        Secret secret() {
            return new Secret(get("secret"));
        }

        List<String> tokens() {
            return List.of(get("token"), get("encodedByLibrary"));
        }

        @Override
        public String toString() {
            return get("note");
        }
    }

    private static JsonNode load() {
        try (InputStream in = AuthJsVectors.class.getResourceAsStream("/authjs-vectors.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
