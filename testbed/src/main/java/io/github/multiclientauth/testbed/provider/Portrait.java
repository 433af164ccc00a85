package io.github.multiclientauth.testbed.provider;

/** The picture of a person, for the packages of the other providers. */
public final class Portrait {

    private Portrait() {}

    public static String svg(Person person) {
        return Avatar.svg(person);
    }
}
