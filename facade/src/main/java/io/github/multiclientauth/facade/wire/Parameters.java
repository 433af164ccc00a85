package io.github.multiclientauth.facade.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The parameters of a query or a body, each at most once: servers, proxies and clients disagree on which of two counts.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.1">RFC 6749, section 3.1: parameters must not be
 *     included more than once</a>
 */
public final class Parameters {

    /** No parameters. */
    public static final Parameters NONE = new Parameters(Map.of());

    private static final int MAX_COUNT = 64;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(32).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Map<String, String> values;

    private Parameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads {@code application/x-www-form-urlencoded}.
     *
     * @return empty if the text is malformed: a broken percent-encoding or UTF-8 sequence, a parameter given twice, more
     *     than 64 parameters
     */
    public static Optional<Parameters> ofForm(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            Optional<String> name = decode(equals < 0 ? pair : pair.substring(0, equals));
            Optional<String> value = decode(equals < 0 ? "" : pair.substring(equals + 1));
            if (name.isEmpty()
                    || value.isEmpty()
                    || values.size() == MAX_COUNT
                    || values.putIfAbsent(name.get(), value.get()) != null) {
                return Optional.empty();
            }
        }
        return Optional.of(new Parameters(values));
    }

    /**
     * Reads the members of a JSON object that are strings, numbers or booleans; others are left out.
     *
     * @return empty if the text is no JSON object, nests more than 32 deep or has a member twice
     */
    public static Optional<Parameters> ofJson(String text) {
        try {
            JsonNode body = JSON.readTree(text);
            if (body == null || !body.isObject() || body.size() > MAX_COUNT) {
                return Optional.empty();
            }
            Map<String, String> values = new LinkedHashMap<>();
            body.properties().stream()
                    .filter(member -> member.getValue().isValueNode()
                            && !member.getValue().isNull())
                    .forEach(member ->
                            values.put(member.getKey(), member.getValue().asText()));
            return Optional.of(new Parameters(values));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Writes {@code application/x-www-form-urlencoded}. */
    public static String toForm(Map<String, String> values) {
        return values.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Empty if the parameter is absent; an empty value is a value. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Empty if the parameter is absent or empty, which RFC 6749, section 3.1, treats alike. */
    public Optional<String> nonEmpty(String name) {
        return get(name).filter(value -> !value.isEmpty());
    }

    private static Optional<String> decode(String text) {
        byte[] bytes = new byte[text.length() * 3];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '+') {
                bytes[length++] = ' ';
            } else if (c == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0 || text.charAt(i + 1) > 0x7f || text.charAt(i + 2) > 0x7f) {
                    return Optional.empty();
                }
                bytes[length++] = (byte) (high << 4 | low);
                i += 2;
            } else if (c < 0x80) {
                bytes[length++] = (byte) c;
            } else {
                int end = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1)) ? i + 2 : i + 1;
                if (end == i + 1 && Character.isSurrogate(c)) {
                    return Optional.empty();
                }
                byte[] encoded = text.substring(i, end).getBytes(StandardCharsets.UTF_8);
                System.arraycopy(encoded, 0, bytes, length, encoded.length);
                length += encoded.length;
                i = end - 1;
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
