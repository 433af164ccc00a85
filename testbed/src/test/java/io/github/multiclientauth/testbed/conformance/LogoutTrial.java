package io.github.multiclientauth.testbed.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.multiclientauth.testbed.conformance.MisbehavingProvider.Authorized;
import io.github.multiclientauth.testbed.proof.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Consumer;

/** A person who is signed in at an application while logout tokens arrive. */
final class LogoutTrial {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String FORM = "application/x-www-form-urlencoded";

    private final SignInTrial signedIn;
    private final Authorized session;
    private int status;
    private boolean endsNothing;

    LogoutTrial(MisbehavingProvider provider, Party party) throws SignInTrial.NotStartedException {
        signedIn = new SignInTrial(provider, party);
        SignInTrial.Response response = signedIn.start();
        Answer answer = signedIn.finish(response);
        if (!signedIn.isSignedIn()) {
            throw new AssertionError("Nobody is signed in who could be signed out: " + answer);
        }
        session = provider.authorized(response.get("code"));
    }

    MisbehavingProvider provider() {
        return signedIn.provider();
    }

    /** The provider's conduct. */
    Conduct conduct() {
        return signedIn.conduct();
    }

    Authorized session() {
        return session;
    }

    /** A right logout token for the person's session, changed in some way. */
    String token(Consumer<Jwt> change) {
        Jwt token = provider().logoutToken(session);
        change.accept(token);
        return token.text();
    }

    /** Sends a token as the standard has it. */
    void send(String token) throws IOException, InterruptedException {
        post("", FORM, field(token));
    }

    static String field(String token) {
        return "logout_token=" + URLEncoder.encode(token, UTF_8);
    }

    void post(String query, String contentType, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(signedIn.at("backchannel-logout") + query))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        status = CLIENT.send(request, BodyHandlers.discarding()).statusCode();
    }

    void get(String query) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(signedIn.at("backchannel-logout") + query))
                .build();
        status = CLIENT.send(request, BodyHandlers.discarding()).statusCode();
    }

    /** The token is right, and about somebody else. */
    void endsNothing() {
        endsNothing = true;
    }

    /** Whether the person must be signed in after the token was accepted. */
    boolean mustStaySignedIn() {
        return endsNothing;
    }

    /** The status of the last answer. */
    int status() {
        return status;
    }

    boolean isSignedIn() {
        return signedIn.isSignedIn();
    }
}
