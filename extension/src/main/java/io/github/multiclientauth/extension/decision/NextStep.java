package io.github.multiclientauth.extension.decision;

import io.github.multiclientauth.extension.decision.Situation.ProviderReturn;

/** How a sign-in goes on, once its origin is admitted. */
public sealed interface NextStep {

    /** With the rest of the flow, as if our step were not there. */
    record Proceed() implements NextStep {}

    /** At the identity provider of this alias. */
    record AskProvider(String alias) implements NextStep {}

    /** From the beginning, separate from the browser's session, which stays as it is until the person has signed in. */
    record SignInSeparately() implements NextStep {}

    /** Not at all: the person would have to be asked, and the application does not want that. */
    record RequireLogin() implements NextStep {}

    /** Not at all: the application may not use this provider. */
    record RefuseProvider(String alias) implements NextStep {}

    /** Not at all: the application learns that the person is not signed in. */
    record AnswerApplication(String alias, ProviderReturn why) implements NextStep {}
}
