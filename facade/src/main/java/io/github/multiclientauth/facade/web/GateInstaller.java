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
 * Puts a {@link RequestGate} into each connection that a server of this process accepts: that of the people and that of
 * the operators. Netty loads it as a service where {@value #PROPERTY} says {@value #VALUE}.
 */
public final class GateInstaller extends ChannelInitializerExtension {

    /** The system property that makes Netty look for extensions. */
    public static final String PROPERTY = "io.netty.bootstrap.extensions";

    /** Its value. */
    public static final String VALUE = "serviceload";

    /** Netty makes the extension, so that nothing can be handed to it. */
    private static volatile GateRules rules;

    /** From now on connections have gates. */
    static void use(GateRules given) {
        rules = given;
    }

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        install(channel);
    }

    /** Before anything is read from the connection. */
    static void install(Channel channel) {
        GateRules now = rules;
        if (now != null) {
            channel.pipeline().addLast(new Waiting(now, false));
        }
    }

    /** Waits until the first bytes show what the connection speaks. */
    private static final class Waiting extends ChannelInboundHandlerAdapter {

        private final GateRules rules;
        private final boolean moved;

        /** @param moved whether it stands behind the handlers that decide what the connection speaks */
        Waiting(GateRules rules, boolean moved) {
            this.rules = rules;
            this.moved = moved;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ChannelPipeline pipeline = context.pipeline();
            ChannelHandlerContext encoder = pipeline.context(HttpResponseEncoder.class);
            if (encoder != null) {
                // Behind the decoder, which is before it: both sides are seen as requests and answers.
                pipeline.addAfter(encoder.name(), "gate", new RequestGate(rules));
            } else if (!moved) {
                // TLS begins, or the next handler looks for the preface of HTTP/2; the decoder will stand behind this
                // one.
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
