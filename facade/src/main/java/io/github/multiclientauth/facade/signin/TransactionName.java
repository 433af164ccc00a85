package io.github.multiclientauth.facade.signin;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.DirectorySnapshot;
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
     * The application whose sign-in has this state, according to the names of the cookies. Where one host serves several
     * applications, nothing else in a callback shows it. The cookie's content proves it later.
     */
    public static Optional<Application> applicationOf(
            String state, RequestCookies cookies, DirectorySnapshot directory) {
        return cookies.nameEndingWith(CookieNames.TRANSACTION + id(state))
                .flatMap(name -> CookieNames.applicationOf(name, directory));
    }

    private static String id(String state) {
        return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(Sha256.of(state), ID_BYTES));
    }
}
