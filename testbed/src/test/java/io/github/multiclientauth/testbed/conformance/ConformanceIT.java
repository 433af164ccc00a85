package io.github.multiclientauth.testbed.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.origin.Origin;
import io.github.multiclientauth.testbed.launch.Ports;
import io.github.multiclientauth.testbed.provider.internet.Certificates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a relying party must refuse, each for its own reason, and beside it what is right. The shipped facade, in front of a
 * provider that misbehaves on demand. docs/reference/conformance.md is made from what this run finds.
 *
 * <p>Slow: a facade that has never had metadata asks for it every two seconds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ConformanceIT {

    private static final int AT_ONCE = 3;
    private static final int LAST = Integer.MAX_VALUE;
    private static final int SUCCESS = 200;

    /** Shared with the second try of what has failed, which runs nothing else. */
    private static final ConformancePage PAGE = new ConformancePage();

    @TempDir
    static Path directory;

    private final ExecutorService metadataRuns = Executors.newFixedThreadPool(AT_ONCE);
    private final List<Future<Map<Row<MetadataRows.Preparation>, List<String>>>> aboutMetadata = new ArrayList<>();
    private MisbehavingProvider provider;
    private FacadeUnderTest facade;
    private Party party;
    private Party pushing;

    @BeforeAll
    void start() throws Exception {
        Certificates certificates = Certificates.create(directory, List.of("localhost"));
        provider = new MisbehavingProvider(certificates);
        Ports ports = Ports.free();
        party = new Party("conformance", List.of(origin("127.0.0.1", ports), origin("127.0.0.2", ports)), false);
        pushing = new Party("pushing", List.of(origin("localhost", ports)), true);
        provider.serve(List.of(party, pushing));
        facade = FacadeUnderTest.launch(
                        provider.issuer(), ports.facade(), ports.facadeManagement(), Map.of(), "conformance.log")
                .awaitReady();
        int number = 0;
        for (var rows : MetadataRun.divided(MetadataRows.plain())) {
            aboutMetadata.add(metadataRuns.submit(new MetadataRun(provider, "plain-" + number++, rows, Map.of())));
        }
        for (var rows : MetadataRun.divided(MetadataRows.secure())) {
            aboutMetadata.add(metadataRuns.submit(new MetadataRun(
                    provider,
                    "secure-" + number++,
                    rows,
                    Map.of(
                            "MCA_KEYCLOAK_TRUSTED_CERTIFICATES",
                            certificates.authorityFile().toString()))));
        }
    }

    private static Origin origin(String host, Ports ports) {
        return Origin.parse("http://" + host + ":" + ports.facade()).orElseThrow();
    }

    @AfterAll
    void stop() {
        metadataRuns.shutdownNow();
        if (facade != null) {
            facade.close();
        }
        if (provider != null) {
            provider.close();
        }
    }

    static List<Row<SignInTrial>> signatures() {
        return SignatureRows.all();
    }

    @ParameterizedTest
    @MethodSource("signatures")
    void a_wrong_signature_or_header_of_an_id_token_is_refused(Row<SignInTrial> row) throws Exception {
        signIn(Group.SIGNATURE, row, party);
    }

    static List<Row<SignInTrial>> claims() {
        return ClaimRows.all();
    }

    @ParameterizedTest
    @MethodSource("claims")
    void a_wrong_claim_of_an_id_token_is_refused(Row<SignInTrial> row) throws Exception {
        signIn(Group.CLAIMS, row, party);
    }

    static List<Row<SignInTrial>> demands() {
        return StepUpRows.all();
    }

    @ParameterizedTest
    @MethodSource("demands")
    void an_authentication_that_is_not_the_demanded_one_is_refused(Row<SignInTrial> row) throws Exception {
        signIn(Group.STEP_UP, row, party);
    }

    static List<Row<SignInTrial>> tokenAnswers() {
        return TokenAnswerRows.all();
    }

    @ParameterizedTest
    @MethodSource("tokenAnswers")
    void a_wrong_answer_of_the_token_endpoint_is_refused(Row<SignInTrial> row) throws Exception {
        signIn(Group.TOKEN_ANSWER, row, party);
    }

    static List<Row<SignInTrial>> callbacks() {
        return CallbackRows.all();
    }

    @ParameterizedTest
    @MethodSource("callbacks")
    void a_wrong_authorization_response_is_refused(Row<SignInTrial> row) throws Exception {
        signIn(Group.CALLBACK, row, party);
    }

    static List<Row<SignInTrial>> keys() {
        return KeyRows.all();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void a_wrong_key_of_the_provider_is_refused(Row<SignInTrial> row) throws Exception {
        signIn(Group.KEYS, row, party);
    }

    static List<Row<SignInTrial>> pushed() {
        return PushedRows.all();
    }

    @ParameterizedTest
    @MethodSource("pushed")
    void a_wrong_answer_to_a_pushed_request_is_refused(Row<SignInTrial> row) throws Exception {
        signIn(Group.PUSHED, row, pushing);
    }

    static List<Row<SignInTrial>> confirmations() {
        return ConfirmationRows.all();
    }

    @ParameterizedTest
    @MethodSource("confirmations")
    void a_session_that_is_not_confirmed_does_not_begin(Row<SignInTrial> row) throws Exception {
        signIn(Group.CONFIRMATION, row, party);
    }

    private void signIn(Group group, Row<SignInTrial> row, Party at) throws Exception {
        PAGE.begin(group, row);
        SignInTrial trial = new SignInTrial(provider, at);
        int strayRequests = provider.strayRequests();
        long mark = facade.mark();

        row.act().with(trial);

        List<String> said = facade.messagesSince(mark);
        assertThat(trial.isSignedIn())
                .as("whether somebody is signed in. The facade said: %s", said)
                .isEqualTo(row.expected().accepted());
        assertThat(provider.strayRequests()).as("requests that nobody may send").isEqualTo(strayRequests);
        PAGE.add(group, row, reason(row, said));
    }

    /** The facade's words for a refusal. The page has them. */
    private static String reason(Row<?> row, List<String> said) {
        Expected expected = row.expected();
        if (expected.accepted() || expected.logId().isEmpty()) {
            return "";
        }
        Optional<String> reason = Reason.of(expected.logId(), said);
        assertThat(reason).as("%s among %s", expected.logId(), said).isPresent();
        return reason.get();
    }

    static List<Row<LogoutTrial>> logoutTokens() {
        return LogoutRows.all();
    }

    @ParameterizedTest
    @MethodSource("logoutTokens")
    void a_wrong_logout_token_signs_nobody_out(Row<LogoutTrial> row) throws Exception {
        PAGE.begin(Group.LOGOUT, row);
        LogoutTrial trial = new LogoutTrial(provider, party);
        int strayRequests = provider.strayRequests();
        long mark = facade.mark();

        row.act().with(trial);

        List<String> said = facade.messagesSince(mark);
        boolean accepted = row.expected().accepted();
        assertThat(trial.status() == SUCCESS)
                .as("whether the token is accepted (status %s). The facade said: %s", trial.status(), said)
                .isEqualTo(accepted);
        assertThat(trial.isSignedIn())
                .as("whether the person is still signed in")
                .isEqualTo(!accepted || trial.mustStaySignedIn());
        assertThat(provider.strayRequests()).as("requests that nobody may send").isEqualTo(strayRequests);
        PAGE.add(Group.LOGOUT, row, reason(row, said));
    }

    /** The last of the cases, since the facades that have no metadata ask slowly. */
    @Test
    @Order(LAST - 1)
    void wrong_metadata_is_refused() throws Exception {
        Map<Row<MetadataRows.Preparation>, List<String>> said = new LinkedHashMap<>();
        for (var run : aboutMetadata) {
            said.putAll(run.get());
        }
        said.forEach((row, lines) -> PAGE.add(Group.METADATA, row, reason(row, lines)));
    }

    @Test
    @Order(LAST)
    void the_page_is_what_this_run_has_found() throws IOException {
        PAGE.holdTo(Path.of("..", "docs", "reference", "conformance.md"));
    }
}
