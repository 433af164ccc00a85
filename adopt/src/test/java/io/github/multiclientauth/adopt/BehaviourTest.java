package io.github.multiclientauth.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.multiclientauth.adopt.Behaviour.FlowStep;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A copy does what the flow does: whatever differs is named, so that nobody signs in with less than the realm asks for. */
class BehaviourTest {

    private static final Behaviour BROWSER = new Behaviour(List.of(
            step("Cookie", 0, "ALTERNATIVE", "auth-cookie"),
            step("forms", 0, "ALTERNATIVE", ""),
            step("Username Password Form", 1, "REQUIRED", "auth-username-password-form"),
            step("2FA", 1, "CONDITIONAL", ""),
            step("Condition - user configured", 2, "REQUIRED", "conditional-user-configured"),
            configured("OTP Form", 2, "REQUIRED", "auth-otp-form", "6")));

    @Test
    void a_copy_may_have_other_names_of_sub_flows() {
        assertThat(BROWSER.differenceOf(with(1, step("copy forms", 0, "ALTERNATIVE", ""))))
                .isEmpty();
    }

    @Test
    void a_missing_second_factor_is_found() {
        assertThat(BROWSER.differenceOf(new Behaviour(BROWSER.steps().subList(0, 3))))
                .contains("it lacks step 4 \"2FA\"");
        assertThat(BROWSER.differenceOf(new Behaviour(BROWSER.steps().subList(0, 5))))
                .contains("it lacks step 6 \"OTP Form\"");
    }

    @Test
    void another_requirement_is_found() {
        assertThat(BROWSER.differenceOf(with(3, step("2FA", 1, "DISABLED", ""))))
                .contains("step 4 \"2FA\" is DISABLED in place of CONDITIONAL");
    }

    @Test
    void another_order_of_steps_is_found() {
        List<FlowStep> steps = new ArrayList<>(BROWSER.steps());
        steps.add(1, steps.remove(0));

        assertThat(BROWSER.differenceOf(new Behaviour(steps)))
                .contains("it has step 1 \"forms\", where \"Cookie\" belongs");
    }

    @Test
    void a_step_outside_its_sub_flow_is_found() {
        assertThat(BROWSER.differenceOf(
                        with(4, step("Condition - user configured", 1, "REQUIRED", "conditional-user-configured"))))
                .contains("step 5 \"Condition - user configured\" is in another sub-flow");
    }

    @Test
    void other_settings_are_found() {
        assertThat(BROWSER.differenceOf(with(5, configured("OTP Form", 2, "REQUIRED", "auth-otp-form", "8"))))
                .contains("step 6 \"OTP Form\" has other settings");
        assertThat(BROWSER.differenceOf(with(5, step("OTP Form", 2, "REQUIRED", "auth-otp-form"))))
                .contains("step 6 \"OTP Form\" has other settings");
    }

    @Test
    void an_additional_step_is_found() {
        List<FlowStep> steps = new ArrayList<>(BROWSER.steps());
        steps.add(step("Allow access", 0, "ALTERNATIVE", "allow-access-authenticator"));

        assertThat(BROWSER.differenceOf(new Behaviour(steps))).contains("step 7 \"Allow access\" is too much");
    }

    @Test
    void an_empty_flow_is_no_copy() {
        assertThat(BROWSER.differenceOf(new Behaviour(List.of()))).contains("it lacks step 1 \"Cookie\"");
    }

    @Test
    void the_steps_of_a_sub_flow_are_a_flow() {
        assertThat(BROWSER.ofSubFlow("forms").steps())
                .extracting(FlowStep::title, FlowStep::level)
                .startsWith(tuple("Username Password Form", 0), tuple("2FA", 0))
                .hasSize(4);
        assertThat(BROWSER.ofSubFlow("2FA").steps())
                .as("not on the highest level")
                .isEmpty();
        assertThat(BROWSER.ofSubFlow("Cookie").steps()).isEmpty();
    }

    private static Behaviour with(int index, FlowStep step) {
        List<FlowStep> steps = new ArrayList<>(BROWSER.steps());
        steps.set(index, step);
        return new Behaviour(steps);
    }

    private static FlowStep step(String title, int level, String requirement, String authenticator) {
        return new FlowStep(title, level, requirement, authenticator, null);
    }

    private static FlowStep configured(
            String title, int level, String requirement, String authenticator, String value) {
        return new FlowStep(
                title, level, requirement, authenticator, Json.object().put("setting", value));
    }
}
