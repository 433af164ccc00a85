package io.github.multiclientauth.facade.session;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Optional;

/** One flat JSON object as text. A tree in between costs more than sealing what it becomes. */
final class JsonText {

    private final StringBuilder text;

    /** @param capacity in characters, about as many as it will have */
    JsonText(int capacity) {
        text = new StringBuilder(capacity).append('{');
    }

    /** @param name needs no escaping */
    JsonText member(String name, String value) {
        name(name).append('"');
        if (isPlain(value)) {
            text.append(value);
        } else {
            JsonStringEncoder.getInstance().quoteAsString(value, text);
        }
        text.append('"');
        return this;
    }

    /** Nothing if there is no value. */
    JsonText member(String name, Optional<String> value) {
        return value.isPresent() ? member(name, value.get()) : this;
    }

    JsonText member(String name, long value) {
        name(name).append(value);
        return this;
    }

    JsonText member(String name, boolean value) {
        name(name).append(value);
        return this;
    }

    /** @param object complete */
    JsonText member(String name, JsonText object) {
        name(name).append(object.text).append('}');
        return this;
    }

    private StringBuilder name(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        return text.append('"').append(name).append("\":");
    }

    /** Whether RFC 8259, section 7, lets every character stand as it is; nearly all values are so. */
    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /** The whole object; afterwards nothing may be added. */
    @Override
    public String toString() {
        return text.append('}').toString();
    }
}
