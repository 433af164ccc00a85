package io.github.multiclientauth.facade.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.reference.JavaSources.Method;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LogIdsReferenceTest {

    private static final String TO_DO = "<p>To do:";

    private static final String HEAD = """
            # Log ids

            Every message of extension and facade has an id that stays the same in later releases: search, count and alert by it, not by the
            text. `%s` stands for what differs. No message contains a token, code, cookie or secret. A reference in brackets (`[1f6c2a9b]`) is
            the one that the person sees on the error page.

            This page is made from the code (`LogIdsReferenceTest`). The build fails when it differs.
            """;

    private static List<Method> messages(String module) {
        return JavaSources.methods(Path.of("..", module, "src", "main", "java")).stream()
                .filter(method -> method.annotations().containsKey("Message"))
                .sorted(Comparator.comparing(LogIdsReferenceTest::id))
                .toList();
    }

    private static int id(Method method) {
        return Integer.parseInt(method.value("Message", "id").orElseThrow());
    }

    private static String table(String module) {
        return Reference.table(List.of("Id", "Level", "Message", "What it means", "What to do"))
                + messages(module).stream().map(LogIdsReferenceTest::row).collect(Collectors.joining());
    }

    private static String row(Method method) {
        assertThat(method.doc())
                .as("Javadoc of %s.%s", method.type(), method.name())
                .contains(TO_DO);
        String[] parts = method.doc().split(TO_DO, 2);
        return Reference.row(
                String.format("MCA%05d", id(method)),
                // Not logged by us: Quarkus shows it when the facade cannot start.
                method.value("LogMessage", "level").orElse("ERROR"),
                "`" + method.value("Message", "value").orElseThrow() + "`",
                Javadoc.markdown(parts[0]),
                Javadoc.markdown(parts[1]));
    }

    @Test
    void the_page_has_every_message() {
        Reference.of("log-ids.md")
                .holdTo(HEAD + "\n## Facade\n\n" + table("facade") + "\n## Extension, in Keycloak's log\n\n"
                        + table("extension"));
    }

    @Test
    void ids_are_used_once_and_in_the_range_of_their_module() {
        assertThat(messages("extension"))
                .isNotEmpty()
                .extracting(LogIdsReferenceTest::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id >= 100 && id < 200);
        assertThat(messages("facade"))
                .isNotEmpty()
                .extracting(LogIdsReferenceTest::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id >= 200 && id < 300);
    }
}
