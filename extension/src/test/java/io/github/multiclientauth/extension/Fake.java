package io.github.multiclientauth.extension;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** A Keycloak interface of which a test answers a few methods; a call of any other one fails the test. */
public final class Fake<T> {

    private final Class<T> type;
    private final Map<String, Function<Object[], Object>> answers = new HashMap<>();

    private Fake(Class<T> type) {
        this.type = type;
    }

    public static <T> Fake<T> of(Class<T> type) {
        return new Fake<>(type);
    }

    public Fake<T> answering(String method, Object answer) {
        return doing(method, arguments -> answer);
    }

    public Fake<T> doing(String method, Function<Object[], Object> answer) {
        answers.put(method, answer);
        return this;
    }

    public T build() {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Function<Object[], Object> answer = answers.get(method.getName());
                    if (answer == null) {
                        throw new AssertionError(
                                type.getSimpleName() + "." + method.getName() + " is not expected here");
                    }
                    return answer.apply(arguments);
                }));
    }
}
