package io.github.multiclientauth.facade.doctor;

/**
 * A problem that the doctor has found.
 *
 * @param id stays the same in later releases
 * @param error whether it keeps somebody from signing in. Otherwise it is a warning
 * @param about a client id, or empty text if it concerns the realm or the facade
 * @param message the problem
 * @param fix the field of the admin console, or the setting of the facade, to change
 */
public record Finding(String id, boolean error, String about, String message, String fix) {

    static Finding error(String id, String message, String fix) {
        return new Finding(id, true, "", message, fix);
    }

    static Finding warning(String id, String message, String fix) {
        return new Finding(id, false, "", message, fix);
    }
}
