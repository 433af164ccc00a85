package io.github.multiclientauth.testbed.e2e;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.provider.internet.Certificates;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** TLS in front of Keycloak, with a certificate of an authority that no machine trusts, as companies have them. */
final class TlsLine implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final Path authority;
    private final URI address;

    /** @param directory for the authority's certificate */
    TlsLine(Origin keycloak, Path directory) throws IOException, InterruptedException {
        Certificates certificates = Certificates.create(directory, List.of("localhost"));
        authority = certificates.authorityFile();
        NetClient towardsKeycloak = vertx.createNetClient();
        NetServer server = vertx.createNetServer(new NetServerOptions()
                        .setHost("127.0.0.1")
                        .setPort(0)
                        .setSsl(true)
                        .setKeyCertOptions(new PfxOptions()
                                .setValue(Buffer.buffer(certificates.keyStore()))
                                .setPassword(certificates.password())))
                .connectHandler(client -> {
                    client.pause();
                    towardsKeycloak
                            .connect(keycloak.port(), keycloak.host())
                            .onSuccess(upstream -> {
                                client.pipeTo(upstream);
                                upstream.pipeTo(client);
                            })
                            .onFailure(away -> client.close());
                });
        await(server.listen().toCompletionStage());
        address = URI.create("https://localhost:" + server.actualPort());
    }

    URI address() {
        return address;
    }

    /** The authority's certificate, PEM. */
    Path authority() {
        return authority;
    }

    private static void await(CompletionStage<?> stage) {
        stage.toCompletableFuture().join();
    }

    @Override
    public void close() {
        await(vertx.close().toCompletionStage());
    }
}
