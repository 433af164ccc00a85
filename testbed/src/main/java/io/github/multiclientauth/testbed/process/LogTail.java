package io.github.multiclientauth.testbed.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The end of a log. */
final class LogTail {

    /** The size of the part that is shown in an error message, in bytes. */
    private static final int BYTES = 4096;

    private LogTail() {}

    static String of(Path log) {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - BYTES));
            byte[] tail = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(tail);
            return new String(tail, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "(the log cannot be read: " + unreadable.getMessage() + ")";
        }
    }
}
