package io.github.multiclientauth.testbed.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.multiclientauth.origin.Origin;
import org.junit.jupiter.api.Test;

class ProofTableTest {

    @Test
    void a_real_provider_has_a_row_without_a_sign_in_and_keeps_columns_aligned() {
        ProofTable table = new ProofTable();
        table.addReal("github", "portfolio", new Origin("http", "localhost", 3000));
        table.add(
                "google",
                "portfolio",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("id", "1234567890")
                        .put("name", "Grace Hopper")
                        .put("provider", "google")
                        .put("clientOrigin", "http://localhost:3000")
                        .put("clientId", "portfolio"));

        assertThat(table.toString().lines())
                .containsExactly(
                        "  signed in with  at         id          name          provider  clientOrigin           clientId",
                        "  github          portfolio  real provider: sign in by hand at http://localhost:3000",
                        "  google          portfolio  1234567890  Grace Hopper  google    http://localhost:3000  portfolio");
    }
}
