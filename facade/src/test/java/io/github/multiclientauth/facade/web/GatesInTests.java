package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Puts gates into the connections that a test opens. In the shipped facade Netty finds {@link GateInstaller} itself; in a
 * test Quarkus' class loader for Netty does not see the classes of the application. {@code LimitsIT} shows that it does there.
 */
@Singleton
public final class GatesInTests {

    private static final String PATH = "/install-gates";

    void register(@Observes Router router) {
        router.get(PATH).handler(GatesInTests::install);
    }

    void registerForOperators(@Observes ManagementInterface management) {
        management.router().get(PATH).handler(GatesInTests::install);
    }

    private static void install(RoutingContext routing) {
        Channel server =
                ((ConnectionBase) routing.request().connection()).channel().parent();
        server.eventLoop()
                .submit(() -> {
                    if (server.pipeline().get(Accepting.class) == null) {
                        server.pipeline().addFirst(new Accepting());
                    }
                })
                .addListener(done -> routing.response().setStatusCode(204).end());
    }

    /** For connections that are opened from now on. */
    static void install(int port) {
        assertThat(new RawHttp(port)
                        .send("", "GET " + PATH + " HTTP/1.1", "Host: test")
                        .status())
                .isEqualTo(204);
    }

    @Sharable
    private static final class Accepting extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            GateInstaller.install((Channel) accepted);
            context.fireChannelRead(accepted);
        }
    }
}
