package io.github.multiclientauth.adopt;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The command. Ends with 0 if all is well, 1 if the realm is not what was asked for, 2 if nobody knows what was asked for. */
public final class Adopt {

    private static final int WELL = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private Adopt() {}

    /** @param arguments see docs/tutorials/adopt-a-realm.md */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv(), System.out, System.err));
    }

    static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        try {
            new Adoption(CommandLine.parse(arguments, environment), out).run();
            return WELL;
        } catch (WrongUsageException wrong) {
            err.println(wrong.getMessage() + "\n\n" + CommandLine.USAGE);
            return WRONG_USAGE;
        } catch (RefusedException refused) {
            err.println(refused.getMessage());
            return FAILED;
        } catch (AdminApiException | UncheckedIOException failed) {
            err.println(failed.getMessage() + "\nRun the same command again: it goes on where it stopped.");
            return FAILED;
        }
    }
}
