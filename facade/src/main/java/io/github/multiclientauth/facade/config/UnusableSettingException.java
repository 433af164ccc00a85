package io.github.multiclientauth.facade.config;

/** The facade must not start with this setting. The message is for the operator. */
final class UnusableSettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    UnusableSettingException(String setting, String why) {
        super(setting + ": " + why);
    }
}
