package io.github.multiclientauth.testbed.provider.oauth;

import io.github.multiclientauth.testbed.provider.Person;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Data about people that only one provider has. It is the usual data unless a test changes it. */
public final class Facts<T> {

    private final Map<String, T> byLogin = new ConcurrentHashMap<>();
    private final Function<Person, T> usual;

    public Facts(Function<Person, T> usual) {
        this.usual = usual;
    }

    public T of(Person person) {
        T told = byLogin.get(person.login());
        return told == null ? usual.apply(person) : told;
    }

    public void set(String login, T fact) {
        byLogin.put(login, fact);
    }
}
