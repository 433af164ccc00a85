package io.github.multiclientauth.facade.web;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;

/**
 * Puts a {@link RequestGate} into each connection, on the port of the applications and on the management port. Netty loads it
 * as a service if {@value #PROPERTY} is {@value #VALUE}.
 */
public final class GateInstaller extends ChannelInitializerExtension {

    /** The system property that makes Netty look for extensions. */
    public static final String PROPERTY = "io.netty.bootstrap.extensions";

    /** Its value. */
    public static final String VALUE = "serviceload";

    /** Static, since Netty creates the extension itself. */
    private static volatile GateRules rules;

    /** Gives new connections a gate from now on. */
    static void use(GateRules given) {
        rules = given;
    }

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        install(channel);
    }

    /** Must be called before anything is read from the connection. */
    static void install(Channel channel) {
        GateRules now = rules;
        if (now != null) {
            channel.pipeline().addLast(new Waiting(now, false));
        }
    }

    /** Waits until the first bytes show the protocol of the connection. */
    private static final class Waiting extends ChannelInboundHandlerAdapter {

        private final GateRules rules;
        private final boolean moved;

        /** @param moved whether it is behind the handlers that detect the protocol */
        Waiting(GateRules rules, boolean moved) {
            this.rules = rules;
            this.moved = moved;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ChannelPipeline pipeline = context.pipeline();
            ChannelHandlerContext encoder = pipeline.context(HttpResponseEncoder.class);
            if (encoder != null) {
                // Behind the encoder and the decoder, where both directions are HTTP messages.
                pipeline.addAfter(encoder.name(), "gate", new RequestGate(rules));
            } else if (!moved) {
                // TLS begins, or the next handler looks for the preface of HTTP/2. The decoder will be added behind
                // this handler.
                pipeline.addLast(new Waiting(rules, true));
            } else if (!rules.http2() && pipeline.get(SslHandler.class) == null) {
                ReferenceCountUtil.release(message);
                context.close();
                return;
            }
            leave(pipeline, this);
            context.fireChannelRead(message);
        }

        private static void leave(ChannelPipeline pipeline, ChannelHandler handler) {
            pipeline.remove(handler);
        }
    }
}
