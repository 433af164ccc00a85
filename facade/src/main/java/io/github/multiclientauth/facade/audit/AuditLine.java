package io.github.multiclientauth.facade.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.multiclientauth.facade.wire.Sha256;
import java.util.Collection;
import java.util.HexFormat;

/**
 * A line in the making. Whatever its values contain, it becomes one line of ASCII: JSON escapes control characters, and texts
 * and lists are cut.
 */
final class AuditLine {

    /** The version of the schema. */
    static final int SCHEMA = 1;

    /** In characters. Longer than every value that is not made up. */
    static final int LONGEST_TEXT = 300;

    /** In entries. */
    static final int LONGEST_LIST = 100;

    /** Half of SHA-256: enough to tell sessions apart, and to find the one of an id that is known. */
    private static final int HASH_BYTES = 16;

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final ObjectNode fields = JsonNodeFactory.instance.objectNode();

    AuditLine put(AuditField field, int number) {
        fields.put(field.key(), number);
        return this;
    }

    AuditLine put(AuditField field, String text) {
        fields.put(field.key(), cut(text));
        return this;
    }

    /** An empty list is left out. */
    AuditLine put(AuditField field, Collection<String> texts) {
        if (!texts.isEmpty()) {
            ArrayNode list = fields.putArray(field.key());
            texts.stream().limit(LONGEST_LIST).map(AuditLine::cut).forEach(list::add);
        }
        return this;
    }

    /** @throws IllegalStateException never: the line has texts and numbers only */
    String json() {
        try {
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The hash of a session id. It needs no key: the id is random with 122 bits or more, so that nobody finds it from the hash,
     * and an administrator who has the id can compute the hash with any tool.
     */
    static String hash(String sid) {
        return HexFormat.of().formatHex(Sha256.of(sid), 0, HASH_BYTES);
    }

    /** Never between the two halves of a character. */
    private static String cut(String text) {
        if (text.length() <= LONGEST_TEXT) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? LONGEST_TEXT - 1 : LONGEST_TEXT;
        return text.substring(0, end) + "\u2026";
    }
}
