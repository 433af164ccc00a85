package io.github.multiclientauth.adopt;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One thing that is added to the realm. The state file consists of steps, so it alone is enough to undo them.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
@JsonSubTypes({
    @Type(value = SignInFlow.class, name = "sign-in-flow"),
    @Type(value = FirstSignInBinding.class, name = "first-sign-in-binding"),
    @Type(value = SignInGate.class, name = "sign-in-gate"),
    @Type(value = ApplicationScope.class, name = "application-scope"),
    @Type(value = SessionsRole.class, name = "sessions-role"),
    @Type(value = TokensRole.class, name = "tokens-role"),
    @Type(value = FacadeAccount.class, name = "facade-account"),
    @Type(value = ServerListener.class, name = "server-listener"),
    @Type(value = PictureAttribute.class, name = "picture-attribute"),
    @Type(value = ClientFlow.class, name = "client-flow"),
    @Type(value = ClientScope.class, name = "client-scope"),
    @Type(value = ClientKey.class, name = "client-key"),
    @Type(value = FlowRefresh.class, name = "flow-refresh")
})
@JsonIgnoreProperties("description")
sealed interface Step
        permits SignInFlow,
                FirstSignInBinding,
                SignInGate,
                ApplicationScope,
                SessionsRole,
                TokensRole,
                FacadeAccount,
                ServerListener,
                PictureAttribute,
                ClientFlow,
                ClientScope,
                ClientKey,
                FlowRefresh {

    /** What it adds, in the terms of the admin console. */
    String description();

    /**
     * Looks at the realm and changes nothing.
     *
     * @param before what an earlier run found before it started this step; then an incomplete result is ours
     */
    Finding look(AdminApi realm, Optional<JsonNode> before);

    /** Whether an entry of the state file is about this step. */
    default boolean isSame(Step other) {
        return equals(other);
    }

    /** The state of the realm before {@link #apply} that {@link #undo} needs. Never a secret. */
    JsonNode before(AdminApi realm);

    /** Adds what is missing. An earlier run may have stopped at any point. */
    void apply(AdminApi realm);

    /**
     * Removes what did not exist before. An earlier run may have stopped at any point. Changes that others made since stay.
     */
    void undo(AdminApi realm, JsonNode before);
}
