package io.github.multiclientauth.facade.doctor;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stands behind the command {@code doctor}.
 *
 * @param json whether programs read the report
 * @param ignored the ids of findings that are left out of the report and of the exit status
 */
public record DoctorOptions(boolean json, Set<String> ignored) {

    private static final String JSON = "--json";
    private static final String IGNORE = "--ignore";
    private static final String ID = "[a-z]+(-[a-z]+)+";

    public DoctorOptions {
        ignored = Set.copyOf(ignored);
    }

    /** @return empty if they cannot be understood */
    public static Optional<DoctorOptions> of(List<String> arguments) {
        boolean json = false;
        Set<String> ignored = new HashSet<>();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String argument = rest.next();
            if (argument.equals(JSON)) {
                json = true;
            } else if (argument.equals(IGNORE) && rest.hasNext()) {
                ignored.add(rest.next());
            } else if (argument.startsWith(IGNORE + "=")) {
                ignored.add(argument.substring(IGNORE.length() + 1));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(new DoctorOptions(json, ignored))
                .filter(options -> options.ignored().stream().allMatch(id -> id.matches(ID)));
    }
}
