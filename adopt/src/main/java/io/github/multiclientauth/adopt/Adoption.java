package io.github.multiclientauth.adopt;

import io.github.multiclientauth.adopt.CommandLine.Command;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Runs a command: plans, applies, refreshes or undoes the steps. */
final class Adoption {

    private final CommandLine arguments;
    private final AdminApi realm;
    private final Journal journal;
    private final PrintStream out;

    Adoption(CommandLine arguments, PrintStream out) {
        this.arguments = arguments;
        this.realm = new AdminApi(arguments.server(), arguments.realm(), arguments.account(), arguments.trust());
        this.journal = Journal.open(arguments.state(), arguments.server(), arguments.realm());
        this.out = out;
    }

    void run() {
        switch (arguments.command()) {
            case UNDO -> undo();
            case REFRESH -> refresh();
            case PLAN, APPLY -> add();
        }
    }

    private void add() {
        requireExtension();
        journal.interrupted().ifPresent(refresh -> lookAt(refresh));
        List<Step> missing = look();
        flows().forEach(this::warnIfOutdated);
        if (missing.isEmpty()) {
            out.println("Nothing to do.");
        } else if (arguments.command() == Command.PLAN) {
            out.println(missing.size() + " to do. Nothing has been changed.");
        } else {
            missing.forEach(this::apply);
            out.println("Done. What was there before is in " + arguments.state() + ". Keep it for undo.");
            new NextSteps(arguments, realm).lines().forEach(out::println);
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
                    + " its providers/ folder and start it again (if it starts with --optimized: kc.sh build before, with"
                    + " the options with which it is usually built)");
        }
    }

    /** Looks at all steps before it changes anything, so that a run that must fail does not start. */
    private List<Step> look() {
        List<Step> missing = new ArrayList<>();
        for (Step step : Blueprint.of(
                realm, arguments.clients(), arguments.extras(), arguments.facade(), realm.serverVersion())) {
            boolean there = lookAt(step);
            out.println((there ? "= " : "+ ") + step.description());
            if (!there) {
                missing.add(step);
            } else if (step instanceof FacadeAccount && arguments.facadeSecret().isPresent()) {
                out.println("! It keeps its way to authenticate; --facade-secret-file is not used");
            }
        }
        return missing;
    }

    private boolean lookAt(Step step) {
        Finding finding = step.look(realm, journal.entry(step).map(Journal.Entry::before));
        if (finding instanceof Finding.Taken taken) {
            throw new RefusedException(taken.why());
        }
        return finding instanceof Finding.There;
    }

    /** The flows that were made, as they would be made now. */
    private List<SignInFlow> flows() {
        return journal.entries().stream()
                .map(Journal.Entry::step)
                .filter(SignInFlow.class::isInstance)
                .map(step -> Blueprint.now(realm, (SignInFlow) step))
                .toList();
    }

    private void warnIfOutdated(SignInFlow flow) {
        Flows there = new Flows(realm);
        if (!there.exists(flow.copy())) {
            return;
        }
        flow.difference(there)
                .ifPresent(difference -> out.println("! \"" + flow.copied()
                        + "\" has been changed since it was copied, and people still sign in with the copy: "
                        + difference
                        + ". To copy it anew: refresh"));
    }

    private void apply(Step step) {
        if (!journal.hasBegun(step)) {
            journal.begin(step, step.before(realm));
        }
        if (step instanceof FacadeAccount account) {
            account.apply(realm, arguments.facadeSecret(), facade());
        } else {
            step.apply(realm);
        }
    }

    /** Where Keycloak reaches the facade: as given, or at the first application that has an address. */
    private Optional<FacadeAddress> facade() {
        Clients clients = new Clients(realm);
        return arguments
                .facade()
                .or(() -> arguments.clients().stream()
                        .flatMap(id -> clients.find(id).flatMap(FacadeAddress::of).stream())
                        .findFirst());
    }

    private void refresh() {
        requireExtension();
        if (flows().isEmpty()) {
            throw new RefusedException("Nothing to refresh: " + arguments.state()
                    + " tells of no flow. Name the state file of apply with --state");
        }
        Optional<FlowRefresh> interrupted = journal.interrupted();
        if (interrupted.isPresent() && arguments.dryRun()) {
            out.println("+ " + interrupted.get().description() + ", which was interrupted");
            out.println("Nothing has been changed.");
            return;
        }
        interrupted.ifPresent(this::end);
        List<FlowRefresh> due = due();
        if (due.isEmpty()) {
            out.println("Nothing to do.");
        } else if (arguments.dryRun()) {
            out.println(due.size() + " to do. Nothing has been changed.");
        } else {
            due.forEach(this::begin);
            out.println("Done. Applications, their scope and the facade's account are as before.");
        }
    }

    /** Looks at all of them before it starts with the first. */
    private List<FlowRefresh> due() {
        List<FlowRefresh> due = new ArrayList<>();
        Flows there = new Flows(realm);
        for (SignInFlow flow : flows()) {
            if (!there.exists(flow.copied())) {
                throw new RefusedException("There is no flow \"" + flow.copied() + "\" any more, of which \""
                        + flow.name() + "\" has a copy. Bind clients that used it to another one: undo, then apply");
            }
            if (!there.exists(flow.name()) || !there.exists(flow.copy())) {
                throw new RefusedException("The flow \"" + flow.name() + "\" is not complete. Run apply before");
            }
            boolean current = flow.look(realm, Optional.empty()) instanceof Finding.There;
            out.println((current ? "= " : "+ ") + new FlowRefresh(flow).description());
            if (!current) {
                new FlowRefresh(flow).obstacle(realm).ifPresent(obstacle -> {
                    throw new RefusedException(obstacle);
                });
                due.add(new FlowRefresh(flow));
            }
        }
        return due;
    }

    private void begin(FlowRefresh refresh) {
        journal.begin(refresh, refresh.before(realm));
        end(refresh);
    }

    /** Also continues a refresh of an earlier run. If what that run copied is outdated now, it is undone first. */
    private void end(FlowRefresh refresh) {
        if (refresh.isStale(realm)) {
            refresh.undo(realm, refresh.before(realm));
        }
        refresh.apply(realm);
        journal.refreshed(refresh, SignInFlow.before(refresh.flow().ofCopy(new Flows(realm))));
    }

    /** Undoes the steps, the last one first. */
    private void undo() {
        List<Journal.Entry> entries = new ArrayList<>(journal.entries());
        if (entries.isEmpty()) {
            out.println("Nothing to undo: " + arguments.state() + " is not there.");
            return;
        }
        new Loss(entries).sentences().forEach(out::println);
        if (arguments.dryRun()) {
            out.println("Nothing has been changed.");
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
