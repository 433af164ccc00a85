package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One thing that is added to the realm. Steps are what the state file consists of, so that it alone is enough to take them
 * back.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
@JsonSubTypes({
    @Type(value = SignInFlow.class, name = "sign-in-flow"),
    @Type(value = FirstSignInBinding.class, name = "first-sign-in-binding"),
    @Type(value = SignInGate.class, name = "sign-in-gate"),
    @Type(value = ApplicationScope.class, name = "application-scope"),
    @Type(value = FacadeAccount.class, name = "facade-account"),
    @Type(value = ServerListener.class, name = "server-listener"),
    @Type(value = PictureAttribute.class, name = "picture-attribute"),
    @Type(value = ClientFlow.class, name = "client-flow"),
    @Type(value = ClientScope.class, name = "client-scope"),
    @Type(value = FlowRefresh.class, name = "flow-refresh")
})
@JsonIgnoreProperties("description")
sealed interface Step
        permits SignInFlow,
                FirstSignInBinding,
                SignInGate,
                ApplicationScope,
                FacadeAccount,
                ServerListener,
                PictureAttribute,
                ClientFlow,
                ClientScope,
                FlowRefresh {

    /** What it adds, in the words of the admin console. */
    String description();

    /**
     * Looks, and changes nothing.
     *
     * @param before what an earlier run has found that has begun with it: then what is there in part is ours
     */
    Finding look(AdminApi realm, Optional<JsonNode> before);

    /** Whether an entry of the state file is about this step. */
    default boolean isSame(Step other) {
        return equals(other);
    }

    /** What {@link #undo} has to know about the realm as it is before {@link #apply}. Never a secret. */
    JsonNode before(AdminApi realm);

    /** Does what is missing; an earlier run may have stopped anywhere. */
    void apply(AdminApi realm);

    /**
     * Takes back what was not there before; an earlier run may have stopped anywhere. What somebody else has changed since
     * stays.
     */
    void undo(AdminApi realm, JsonNode before);
}
