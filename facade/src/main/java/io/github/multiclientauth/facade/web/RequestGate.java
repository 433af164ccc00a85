package io.github.multiclientauth.facade.web;

import io.github.multiclientauth.facade.event.RequestEvent;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sees every request of HTTP/1.1 before all other code, on all ports. It refuses requests that two programs could
 * understand in two ways, and closes connections that would only use up memory.
 *
 * <p>A Netty handler, since neither Vert.x nor Quarkus reports a request before its head is complete.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-6.3">RFC 9112, section 6.3, message body length</a>
 */
final class RequestGate extends ChannelDuplexHandler {

    /** Unanswered requests on one connection. Browsers and proxies send one at a time. */
    private static final int MOST_WAITING = 16;

    /** In bytes. A client that has left this much of earlier answers unread gets no further answer. */
    private static final WriteBufferWaterMark UNREAD = new WriteBufferWaterMark(16 * 1024, 32 * 1024);

    /** How long further bytes are discarded after an answer. If they stayed unread, TCP would reset the connection. */
    private static final long LINGER_SECONDS = 2;

    private final GateRules rules;

    /** The request that is still arriving, unless it came with the first bytes; otherwise null. */
    private Unfinished.Arrival arrival;

    /** Whether the last request is incomplete. */
    private boolean receiving;

    /** Whether that request has a body. */
    private boolean withBody;

    private boolean messageInThisRead;
    private int unanswered;
    private boolean shut;

    RequestGate(GateRules rules) {
        this.rules = rules;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        context.channel().config().setWriteBufferWaterMark(UNREAD);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (shut) {
            ReferenceCountUtil.release(message);
            return;
        }
        messageInThisRead = true;
        if (message instanceof HttpRequest request && !admits(context, request)) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof LastHttpContent) {
            arrived();
            receiving = false;
        }
        context.fireChannelRead(message);
    }

    private boolean admits(ChannelHandlerContext context, HttpRequest request) {
        arrived();
        // Vert.x answers a request that cannot be parsed and closes the connection.
        if (request.decoderResult().isSuccess()) {
            Optional<String> objection = rules.objection(request, isEncrypted(context));
            if (objection.isPresent()) {
                rules.events().report(new RequestEvent.ConnectionRefused(objection.get()));
                refuse(context, RawAnswer.BAD_REQUEST);
                return false;
            }
        }
        if (unanswered >= MOST_WAITING || !isRead(context.channel())) {
            rules.events()
                    .report(new RequestEvent.ConnectionRefused(
                            "its client does not read the answers to earlier requests"));
            shut = true;
            context.close();
            return false;
        }
        unanswered++;
        receiving = true;
        withBody = hasBody(request.headers());
        return true;
    }

    /** Whether the client has read most of the answers. */
    private static boolean isRead(Channel channel) {
        if (!channel.isWritable()) {
            // Answers to requests that came together are written together, at the latest now.
            channel.flush();
        }
        return channel.isWritable();
    }

    private static boolean hasBody(HttpHeaders headers) {
        String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
        return length != null && !length.equals("0") || headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        boolean halfAHead = !messageInThisRead && !receiving;
        if (arrival == null && !shut && (halfAHead || receiving && withBody)) {
            // The bytes of a body are counted where it is read.
            arrival = rules.unfinished()
                    .begin(
                            halfAHead ? rules.largestHead() : 0,
                            (ended, why) -> context.executor().execute(() -> giveUp(context, ended, why)));
        }
        messageInThisRead = false;
        context.fireChannelReadComplete();
    }

    private void giveUp(ChannelHandlerContext context, Unfinished.Arrival ended, Unfinished.End why) {
        if (arrival != ended || shut) {
            return;
        }
        arrival = null;
        rules.events().report(why == Unfinished.End.TIME ? new RequestEvent.TooSlow() : new RequestEvent.NoRoom());
        refuse(context, why == Unfinished.End.TIME ? RawAnswer.TIMEOUT : RawAnswer.UNAVAILABLE);
    }

    private void arrived() {
        if (arrival != null) {
            arrival.end();
            arrival = null;
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            context.write(message, promise);
            return;
        }
        // The rest of a body that is not read could be taken for a request.
        boolean last = receiving && withBody && unanswered == 1;
        if (last && message instanceof HttpResponse response) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        if (message instanceof LastHttpContent) {
            unanswered--;
            if (last) {
                shut = true;
                ChannelFuture written = context.write(message, promise);
                written.addListener(done -> linger(context));
                return;
            }
        }
        context.write(message, promise);
    }

    private void refuse(ChannelHandlerContext context, RawAnswer answer) {
        shut = true;
        ChannelHandlerContext encoder = context.pipeline().context(HttpResponseEncoder.class);
        // An answer is still due for an earlier request, or for the part of this request that has arrived.
        if (encoder == null || unanswered > (receiving ? 1 : 0)) {
            context.close();
            return;
        }
        encoder.writeAndFlush(Unpooled.wrappedBuffer(answer.bytes())).addListener(done -> linger(context));
    }

    /** Ends the output, and closes the connection when the client has had time to read the answer. */
    private static void linger(ChannelHandlerContext context) {
        Channel channel = context.channel();
        if (!isEncrypted(context) && channel instanceof DuplexChannel duplex && channel.isActive()) {
            duplex.shutdownOutput();
            context.executor().schedule(() -> channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
        } else {
            context.close();
        }
    }

    private static boolean isEncrypted(ChannelHandlerContext context) {
        return context.pipeline().get(SslHandler.class) != null;
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        arrived();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        arrived();
    }

    /** An answer without a body, for requests that no browser sends. */
    private enum RawAnswer {
        BAD_REQUEST("400 Bad Request"),
        TIMEOUT("408 Request Timeout"),
        UNAVAILABLE("503 Service Unavailable");

        private final String status;

        RawAnswer(String status) {
            this.status = status;
        }

        byte[] bytes() {
            return ("HTTP/1.1 " + status
                            + "\r\nConnection: close\r\nContent-Length: 0\r\nCache-Control: private, no-cache, no-store\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
        }
    }
}
