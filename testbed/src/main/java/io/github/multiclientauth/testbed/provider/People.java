package io.github.multiclientauth.testbed.provider;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** The people with accounts. Tests add their own people, so they can run side by side. */
public final class People {

    private final Map<String, Person> byLogin = new ConcurrentSkipListMap<>();
    private final AtomicLong nextId = new AtomicLong(583_231);

    /** The usual people: an ordinary one, and ones with a private e-mail, no name, markup and non-ASCII, and letters that only look Latin. */
    public static People usual() {
        People people = new People();
        people.join("ada", Optional.of("Ada Lovelace"), "ada@example.com", true);
        people.join("grace", Optional.of("Grace Hopper"), "grace@example.com", false);
        people.join("hubot", Optional.empty(), "hubot@example.com", true);
        people.join("zoe", Optional.of("Zoë <b>Þórsdóttir</b> & \"Söhne\""), "zoe@example.com", true);
        // With Cyrillic А, а and о: the name looks like ada's but is another person's.
        people.join("ada-l", Optional.of("\u0410d\u0430 L\u043Evelace"), "ada.l@example.net", true);
        return people;
    }

    /** Opens an account. */
    public Person join(String login, Optional<String> name, String email, boolean emailIsPublic) {
        Person person = new Person(nextId.getAndIncrement(), login, name, email, emailIsPublic);
        if (byLogin.putIfAbsent(key(login), person) != null) {
            throw new IllegalArgumentException("There is a " + login + " already");
        }
        return person;
    }

    /** Replaces the account with the same login. */
    public void update(Person person) {
        byLogin.put(key(person.login()), person);
    }

    public Optional<Person> find(String login) {
        return Optional.ofNullable(byLogin.get(key(login)));
    }

    /** All people, by login. */
    public Collection<Person> all() {
        return List.copyOf(byLogin.values());
    }

    private static String key(String login) {
        return login.toLowerCase(Locale.ROOT);
    }
}
