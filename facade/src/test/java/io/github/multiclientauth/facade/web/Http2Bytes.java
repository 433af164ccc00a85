package io.github.multiclientauth.facade.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames of HTTP/2, written by hand (RFC 9113, section 4.1; RFC 7541, literals without indexing). */
final class Http2Bytes {

    static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int GOAWAY = 7;

    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private Http2Bytes() {}

    static byte[] settings() {
        return frame(SETTINGS, 0, 0, new byte[0]);
    }

    /** The head of a POST whose body is still to come. */
    static byte[] post(int stream, String authority, String path) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        // :method POST and :scheme http are in the static table; of :path and :authority the names are.
        block.write(0x83);
        block.write(0x86);
        literal(block, 0x04, path);
        literal(block, 0x01, authority);
        return frame(HEADERS, END_HEADERS, stream, block.toByteArray());
    }

    /** A whole request, with one further header. */
    static byte[] get(int stream, String authority, String path, String name, String value) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0x82);
        block.write(0x86);
        literal(block, 0x04, path);
        literal(block, 0x01, authority);
        block.write(0x00);
        block.write(name.length());
        block.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        block.write(value.length());
        block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
        return frame(HEADERS, END_HEADERS | END_STREAM, stream, block.toByteArray());
    }

    static byte[] data(int stream, int length) {
        return frame(DATA, 0, stream, new byte[length]);
    }

    private static void literal(ByteArrayOutputStream block, int name, String value) {
        block.write(name);
        block.write(value.length());
        block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .put((byte) (payload.length >> 8))
                .put((byte) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** A frame that came. */
    record Frame(int type, int stream, byte[] payload) {

        static Frame read(RawConnection connection) {
            ByteBuffer head = ByteBuffer.wrap(connection.read(9));
            int lengthAndType = head.getInt();
            head.get();
            int stream = head.getInt();
            return new Frame(lengthAndType & 0xff, stream, connection.read(lengthAndType >>> 8));
        }
    }
}
