package io.github.multiclientauth.adopt;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The command. Its exit status is 0 after success, 1 if the realm is not as requested, and 2 if the arguments are wrong. */
public final class Adopt {

    private static final int WELL = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private Adopt() {}

    /** @param arguments see docs/tutorials/adopt-a-realm.md */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv(), System.out, System.err));
    }

    /**
     * Runs the command in this process.
     *
     * @param environment where the secret is, see {@link CommandLine#SECRET_VARIABLE}
     * @return the exit status
     */
    public static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        if (CommandLine.asksForHelp(arguments)) {
            out.print(CommandLine.USAGE);
            return WELL;
        }
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
