package io.github.multiclientauth.facade.signin;

import io.github.multiclientauth.facade.wire.CookieNames;
import io.github.multiclientauth.facade.wire.RequestCookies;
import io.github.multiclientauth.facade.wire.Sha256;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** The name of a transaction's cookie. It follows from the {@code state} but does not reveal it. */
public final class TransactionName {

    private static final int ID_BYTES = 9;

    private TransactionName() {}

    public static String of(CookieNames names, String state) {
        return names.transaction() + id(state);
    }

    /**
     * The client whose sign-in has this state, according to the names of the cookies. Where one host serves several clients,
     * nothing else in a callback shows it. The cookie's content proves it later.
     */
    public static Optional<String> clientOf(String state, RequestCookies cookies) {
        return cookies.nameEndingWith(CookieNames.TRANSACTION + id(state)).flatMap(CookieNames::clientOf);
    }

    private static String id(String state) {
        return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(Sha256.of(state), ID_BYTES));
    }
}
