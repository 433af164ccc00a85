package io.github.multiclientauth.extension.origin;

/** How a sign-in goes on, once its origin is admitted. */
sealed interface NextStep {

    /** With the rest of the flow, as if our step were not there. */
    record Proceed() implements NextStep {}

    /** At the identity provider of this alias. */
    record AskProvider(String alias) implements NextStep {}

    /** Not at all: the application learns that the person is not signed in. */
    record AnswerApplication(String alias, ProviderReturn why) implements NextStep {}
}
