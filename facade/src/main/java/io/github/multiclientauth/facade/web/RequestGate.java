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
 * Stands in each connection of HTTP/1.1 between the bytes and everything that looks at requests, on all ports. It refuses
 * what two programs could understand in two ways, and ends connections that would hold memory for nothing.
 *
 * <p>A handler of Netty's, since neither Vert.x nor Quarkus says anything of a request before its head is complete.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-6.3">RFC 9112, section 6.3, message body length</a>
 */
final class RequestGate extends ChannelDuplexHandler {

    /** Requests that wait on one connection for the answers before theirs. Browsers and proxies send one at a time. */
    private static final int MOST_WAITING = 16;

    /** A client that has not read so many bytes of earlier answers gets no further one. */
    private static final WriteBufferWaterMark UNREAD = new WriteBufferWaterMark(16 * 1024, 32 * 1024);

    /** For so long bytes are thrown away behind an answer: if they were left unread, TCP would take the answer back. */
    private static final long LINGER_SECONDS = 2;

    private final GateRules rules;

    /** The request that is on its way, if its head or its body did not come with the first bytes; otherwise null. */
    private Unfinished.Arrival arrival;

    /** Whether the last request is not complete. */
    private boolean receiving;

    /** Whether that request has a body at all. */
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
        if (message instanceof HttpRequest request && !lets(context, request)) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof LastHttpContent) {
            arrived();
            receiving = false;
        }
        context.fireChannelRead(message);
    }

    private boolean lets(ChannelHandlerContext context, HttpRequest request) {
        arrived();
        // What cannot be parsed is answered by Vert.x, which then closes the connection.
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

    /** Whether the client has taken most of what it was sent. */
    private static boolean isRead(Channel channel) {
        if (!channel.isWritable()) {
            // Answers to requests that came together are written together, now at the latest.
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
            // What a body holds is counted where it is read.
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
        // The rest of a body that nobody waits for is not told from a request.
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
        // An answer that is still to come belongs to an earlier request, or to the half of this one that came.
        if (encoder == null || unanswered > (receiving ? 1 : 0)) {
            context.close();
            return;
        }
        encoder.writeAndFlush(Unpooled.wrappedBuffer(answer.bytes())).addListener(done -> linger(context));
    }

    /** Says that nothing more comes, and closes when the client has had time to read what came. */
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

    /** An answer without words: nobody who gets it has made a request that a page could answer. */
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
