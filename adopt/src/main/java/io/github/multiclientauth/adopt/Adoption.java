package io.github.multiclientauth.adopt;

import io.github.multiclientauth.adopt.CommandLine.Command;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the three commands do with the steps. */
final class Adoption {

    private final CommandLine arguments;
    private final AdminApi realm;
    private final Journal journal;
    private final PrintStream out;

    Adoption(CommandLine arguments, PrintStream out) {
        this.arguments = arguments;
        this.realm = new AdminApi(arguments.server(), arguments.realm(), arguments.account());
        this.journal = Journal.open(arguments.state(), arguments.server(), arguments.realm());
        this.out = out;
    }

    void run() {
        if (arguments.command() == Command.UNDO) {
            undo();
            return;
        }
        requireExtension();
        List<Step> missing = look();
        journal.entries().forEach(this::warnIfOutdated);
        if (missing.isEmpty()) {
            out.println("Nothing to do.");
        } else if (arguments.command() == Command.PLAN) {
            out.println(missing.size() + " to do. Nothing has been changed.");
        } else {
            missing.forEach(this::apply);
            out.println("Done. What was there before is in " + arguments.state() + "; keep it for undo.");
        }
    }

    private void requireExtension() {
        if (realm.get("").path("browserFlow").isMissingNode()) {
            throw new RefusedException(
                    arguments.account().name() + " may not see the realm's settings. The account needs"
                            + " the role realm-admin of the client realm-management");
        }
        if (realm.find("/authentication/authenticator-providers", "id", Blueprint.CLIENT_ORIGIN)
                .isEmpty()) {
            throw new RefusedException("The extension is not in this Keycloak. Put multi-client-auth-extension.jar into"
                    + " its providers/ folder and start it again (with kc.sh build, if it starts with --optimized)");
        }
    }

    /** All of it before anything is changed, so that what cannot be done is not begun. */
    private List<Step> look() {
        List<Step> missing = new ArrayList<>();
        for (Step step : Blueprint.of(realm, arguments.clients(), arguments.extras(), realm.serverVersion())) {
            Finding finding = step.look(realm, journal.hasBegun(step));
            if (finding instanceof Finding.Taken taken) {
                throw new RefusedException(taken.why());
            }
            boolean there = finding instanceof Finding.There;
            out.println((there ? "= " : "+ ") + step.description());
            if (!there) {
                missing.add(step);
            }
        }
        return missing;
    }

    private void warnIfOutdated(Journal.Entry entry) {
        if (entry.step() instanceof SignInFlow flow && flow.isOutdated(realm, entry.before())) {
            out.println(
                    "! \"" + flow.copied() + "\" has been changed since it was copied; the applications still sign in"
                            + " with the copy. To copy it anew: undo, then apply");
        }
    }

    private void apply(Step step) {
        if (!journal.hasBegun(step)) {
            journal.begin(step, step.before(realm));
        }
        step.apply(realm);
    }

    /** The last one first. */
    private void undo() {
        List<Journal.Entry> entries = new ArrayList<>(journal.entries());
        if (entries.isEmpty()) {
            out.println("Nothing to undo: " + arguments.state() + " is not there.");
            return;
        }
        Collections.reverse(entries);
        for (Journal.Entry entry : entries) {
            out.println("- " + entry.step().description());
            entry.step().undo(realm, entry.before());
            journal.forget(entry);
        }
        out.println("Done. What was added is gone.");
    }
}
