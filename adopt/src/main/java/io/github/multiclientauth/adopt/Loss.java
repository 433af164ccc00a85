package io.github.multiclientauth.adopt;

import io.github.multiclientauth.adopt.CommandLine.Extra;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What people, applications and the facade lose by undo. The administrator reads it before the changes are made. */
record Loss(List<Journal.Entry> entries) {

    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        List<String> applications = of(ClientScope.class, ClientScope::clientId);
        if (!applications.isEmpty()) {
            sentences.add("! No application any more, so that nobody signs in there through the facade: "
                    + String.join(", ", applications) + ".");
        }
        if (entries.stream().anyMatch(Loss::isOurAccount)) {
            sentences.add(
                    "! The client \"" + FacadeAccount.CLIENT_ID + "\" goes, and its secret with it. A facade that runs"
                            + " goes on for 12 hours (mca.directory.keep-for) with the applications it knows, then it serves none.");
        }
        sentences.add(
                "! If a flow has changed and you want a new copy of it: refresh, not undo. To have all of this again"
                        + " afterwards: " + applyAgain(applications) + ".");
        return sentences;
    }

    private static boolean isOurAccount(Journal.Entry entry) {
        return entry.step() instanceof FacadeAccount
                && !entry.before().path("client").asBoolean();
    }

    private String applyAgain(List<String> applications) {
        StringBuilder command = new StringBuilder("apply");
        if (!applications.isEmpty()) {
            command.append(" --clients ").append(String.join(",", applications));
        }
        List<String> extras = new ArrayList<>();
        of(FirstSignInBinding.class, any -> Extra.FIRST_SIGN_IN.option()).forEach(extras::add);
        of(PictureAttribute.class, any -> Extra.PICTURE.option()).forEach(extras::add);
        of(ClientKey.class, any -> Extra.FACADE_KEY.option()).stream()
                .distinct()
                .forEach(extras::add);
        if (!extras.isEmpty()) {
            command.append(" --with ").append(String.join(",", extras));
        }
        if (entries.stream().anyMatch(Loss::isOurAccount)) {
            command.append(" --facade-secret-file FILE, where the facade's secret is now, if it has one");
        }
        return command.toString();
    }

    private <S extends Step> List<String> of(Class<S> kind, Function<S, String> word) {
        return entries.stream()
                .map(Journal.Entry::step)
                .filter(kind::isInstance)
                .map(kind::cast)
                .map(word)
                .collect(Collectors.toList());
    }
}
