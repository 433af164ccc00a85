package io.github.multiclientauth.extension.origin;

/** How a sign-in goes on, once its origin is admitted. */
sealed interface NextStep {

    /** With the rest of the flow, as if our step were not there. */
    record Proceed() implements NextStep {}

    /** At the identity provider of this alias. */
    record AskProvider(String alias) implements NextStep {}

    /** From the beginning, apart from the browser's session, which stays as it is until somebody has signed in. */
    record StandApart() implements NextStep {}

    /** Not at all: the application has to ask the person, and wanted not to. */
    record RequireLogin() implements NextStep {}

    /** Not at all: the application may not use this provider. */
    record RefuseProvider(String alias) implements NextStep {}

    /** Not at all: the application learns that the person is not signed in. */
    record AnswerApplication(String alias, ProviderReturn why) implements NextStep {}
}
