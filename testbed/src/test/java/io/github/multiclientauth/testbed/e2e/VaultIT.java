package io.github.multiclientauth.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.testbed.proof.Visitor;
import io.github.multiclientauth.testbed.provider.Person;
import io.github.multiclientauth.testbed.provider.oauth.RegisteredApp;
import io.github.multiclientauth.testbed.provider.oauth.Sighting;
import io.github.multiclientauth.testbed.provider.oauth.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A disabled sibling can have its secret in Keycloak's vault. */
@EndToEnd
@OnKeycloaksImage
class VaultIT {

    private final Chain chain;
    private final OwnProviders own;
    private final String key;
    private final Path file;

    VaultIT(Chain chain) {
        this.chain = chain;
        this.own = new OwnProviders(chain);
        this.key = own.name("own-secret-");
        this.file = chain.vaultFile(key);
    }

    @AfterEach
    void delete_it() throws IOException {
        own.close();
        Files.deleteIfExists(file);
    }

    @Test
    void the_provider_gets_the_secret_and_keycloak_stores_only_the_reference() throws IOException {
        StandIn gitHub = chain.providers().gitHub().standIn();
        OidcClient client = own.client(own.name("vault-shop"), "github");
        String reference = "${vault." + key + "}";
        RegisteredApp app = own.provider(
                "github-" + client.clientId(), "github", gitHub, false, "github", Map.of("clientSecret", reference));
        Files.writeString(file, app.clientSecret());
        Person person = chain.somebody();
        Visitor visitor = chain.visitor();

        OidcClient.Tokens tokens = client.redeem(client.authorize(visitor, person));

        assertThat(tokens.idClaims().path("provider").asText()).isEqualTo("github");
        assertThat(gitHub.ledger().sightings().of(person.login()))
                .filteredOn(sighting -> sighting.kind() == Sighting.Kind.REDEEM)
                .containsExactly(
                        new Sighting(Sighting.Kind.REDEEM, app.clientId(), person.login(), Sighting.Credentials.RIGHT));
        assertThat(chain.administrator()
                        .provider("github-" + client.clientId())
                        .path("config")
                        .path("clientSecret")
                        .asText())
                .isEqualTo(reference);
    }

    @Test
    void without_the_secret_in_the_vault_the_shared_credentials_are_not_used() throws IOException {
        StandIn gitHub = chain.providers().gitHub().standIn();
        OidcClient client = own.client(own.name("vault-shop"), "github");
        own.provider(
                "github-" + client.clientId(),
                "github",
                gitHub,
                false,
                "github",
                Map.of("clientSecret", "${vault." + key + "}"));
        Person person = chain.somebody();
        Visitor visitor = chain.visitor();

        assertThat(client.comesBack(visitor, client.agree(visitor, person)))
                .satisfies(Refusal.described("provider_error"));
        assertThat(chain.administrator().users(person.email())).isEmpty();
    }
}
