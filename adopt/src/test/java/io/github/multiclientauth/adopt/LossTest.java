package io.github.multiclientauth.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LossTest {

    @Test
    void names_the_applications_and_the_facades_account_and_how_to_restore_them() {
        Loss loss = new Loss(List.of(
                entry(new SignInFlow("ours", "theirs", "copy", "client-origin")),
                entry(new FirstSignInBinding("ours")),
                entry(new FacadeAccount()),
                entry(new PictureAttribute()),
                entry(new ClientFlow("shop", "ours")),
                entry(new ClientScope("shop")),
                entry(new ClientScope("blog"))));

        assertThat(String.join("\n", loss.sentences()))
                .contains("nobody signs in there through the facade: shop, blog.")
                .contains("The client \"multi-client-auth-facade\" goes, and its secret with it")
                .contains("goes on for 12 hours")
                .contains("refresh, not undo")
                .contains("apply --clients shop,blog --with first-sign-in,picture --facade-secret-file FILE");
    }

    @Test
    void an_account_that_existed_before_is_kept() {
        Loss loss = new Loss(
                List.of(new Journal.Entry(new FacadeAccount(), Json.object().put("client", true))));

        assertThat(loss.sentences()).noneMatch(sentence -> sentence.contains("secret"));
    }

    private static Journal.Entry entry(Step step) {
        return new Journal.Entry(step, Json.object());
    }
}
