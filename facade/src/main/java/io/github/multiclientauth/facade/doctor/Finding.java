package io.github.multiclientauth.facade.doctor;

/**
 * One thing that is wrong.
 *
 * @param id stays the same in later versions
 * @param error whether somebody cannot sign in because of it; what is not as good as it could be is a warning
 * @param about a client id; empty if it is about the realm or the facade
 * @param message what is wrong
 * @param fix the field of the admin console, or the facade's setting
 */
public record Finding(String id, boolean error, String about, String message, String fix) {

    static Finding error(String id, String message, String fix) {
        return new Finding(id, true, "", message, fix);
    }

    static Finding warning(String id, String message, String fix) {
        return new Finding(id, false, "", message, fix);
    }
}
