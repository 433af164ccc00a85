package io.github.multiclientauth.testbed.provider.oauth;

import io.github.multiclientauth.testbed.provider.Person;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What a provider knows about people that others do not: the usual, unless a test said otherwise. */
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
