package io.github.multiclientauth.extension.decision;

import io.github.multiclientauth.extension.decision.Situation.ProviderReturn;

/** How a sign-in goes on, once its origin is admitted. */
public sealed interface NextStep {

    /** What the flow does for each next step. One more step does not compile until every flow has it. */
    interface Flow {

        /** Goes on with the rest of the flow, as if our step were not there. */
        void proceed();

        /** Sends the person to the identity provider of this alias. */
        void askProvider(String alias);

        /** Begins anew, separate from the browser's session, which stays as it is until the person has signed in. */
        void signInSeparately();

        /** Ends: the person would have to be asked, and the application does not want that. */
        void requireLogin();

        /** Ends: the application may not use this provider. */
        void refuseProvider(String alias);

        /** Ends: the application learns that the person is not signed in. */
        void answerApplication(String alias, ProviderReturn why);
    }

    /** Has the flow do this step. */
    void takeIn(Flow flow);

    record Proceed() implements NextStep {
        @Override
        public void takeIn(Flow flow) {
            flow.proceed();
        }
    }

    record AskProvider(String alias) implements NextStep {
        @Override
        public void takeIn(Flow flow) {
            flow.askProvider(alias);
        }
    }

    record SignInSeparately() implements NextStep {
        @Override
        public void takeIn(Flow flow) {
            flow.signInSeparately();
        }
    }

    record RequireLogin() implements NextStep {
        @Override
        public void takeIn(Flow flow) {
            flow.requireLogin();
        }
    }

    record RefuseProvider(String alias) implements NextStep {
        @Override
        public void takeIn(Flow flow) {
            flow.refuseProvider(alias);
        }
    }

    record AnswerApplication(String alias, ProviderReturn why) implements NextStep {
        @Override
        public void takeIn(Flow flow) {
            flow.answerApplication(alias, why);
        }
    }
}
