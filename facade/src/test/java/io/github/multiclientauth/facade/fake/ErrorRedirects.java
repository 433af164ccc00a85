package io.github.multiclientauth.facade.fake;

import io.github.multiclientauth.facade.wire.Page.Cause;
import io.github.multiclientauth.facade.wire.Reply;
import java.util.function.Predicate;

/** Recognises redirects to the pages that say what went wrong. */
public final class ErrorRedirects {

    private ErrorRedirects() {}

    /** Whether a reply leads there, whatever the code. It always carries the request's reference, and sets no cookies. */
    public static Predicate<Reply> to(String address) {
        return reply -> reply instanceof Reply.ErrorRedirect redirect
                && redirect.location().startsWith(address + "&")
                && redirect.location().endsWith("&reference=0000ABCD");
    }

    /** The same with the code of this cause. */
    public static Predicate<Reply> to(String address, Cause cause) {
        return reply ->
                reply.equals(new Reply.ErrorRedirect(address + "&code=" + cause.code() + "&reference=0000ABCD"));
    }

    /** The address without code and reference. */
    public static String plain(String location) {
        return location.replaceAll("&(code|reference)=[A-Za-z_0-9]+", "");
    }
}
