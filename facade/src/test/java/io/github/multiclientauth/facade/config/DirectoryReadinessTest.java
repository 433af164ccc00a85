package io.github.multiclientauth.facade.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multiclientauth.facade.directory.DirectorySource.Fetched;
import io.github.multiclientauth.facade.directory.LiveDirectory;
import io.quarkus.runtime.Application;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class DirectoryReadinessTest {

    private Fetched next = new Fetched.Failed("away");
    private final LiveDirectory directory = new LiveDirectory(
            tag -> next,
            clientId -> Optional.empty(),
            client -> {},
            Duration.ofHours(1),
            Clock.systemUTC(),
            event -> {});
    private final DirectoryReadiness readiness = new DirectoryReadiness(directory);

    @Test
    void is_down_before_the_applications_are_known() {
        assertThat(after(new Fetched.Failed("away")).getStatus()).isEqualTo(Status.DOWN);
        assertThat(after(
                                listing(
                                        "{\"clientId\":\"shop\",\"authentication\":\"none\",\"webOrigins\":[\"https://a.example\"]}"))
                        .getStatus())
                .isEqualTo(Status.UP);
    }

    /** Health must not be good while every request is refused, whatever the cause. */
    @Test
    void is_down_when_all_of_them_are_gone() {
        after(listing("{\"clientId\":\"shop\",\"authentication\":\"none\",\"webOrigins\":[\"https://a.example\"]}"));

        HealthCheckResponse response =
                after(listing("{\"clientId\":\"shop\",\"authentication\":\"none\",\"webOrigins\":[\"nonsense\"]}"));

        assertThat(response.getStatus()).isEqualTo(Status.DOWN);
        assertThat(response.getData().orElseThrow()).containsKey("problem");
        assertThat(after(new Fetched.Failed("away")).getStatus())
                .as("and Keycloak is away, too")
                .isEqualTo(Status.DOWN);
    }

    @Test
    void is_up_while_the_last_list_is_in_use() {
        after(listing("{\"clientId\":\"shop\",\"authentication\":\"none\",\"webOrigins\":[\"https://a.example\"]}"));

        assertThat(after(new Fetched.Document("<html>maintenance</html>", Optional.empty()))
                        .getStatus())
                .isEqualTo(Status.UP);
    }

    /** The port for applications opens a moment after that of the health checks, if it has TLS. */
    @Test
    void is_down_until_all_ports_are_open() {
        after(listing("{\"clientId\":\"shop\",\"authentication\":\"none\",\"webOrigins\":[\"https://a.example\"]}"));
        Application before = Application.currentApplication();
        try (Starting facade = new Starting()) {
            Starting.current(facade);
            assertThat(readiness.call().getStatus()).isEqualTo(Status.DOWN);
            facade.start(new String[0]);

            assertThat(facade.during).isEqualTo(Status.DOWN);
            assertThat(readiness.call().getStatus()).isEqualTo(Status.UP);
        } finally {
            Starting.current(before);
        }
    }

    /** An application of Quarkus that opens its ports while it starts. */
    private final class Starting extends Application {

        private Status during;

        Starting() {
            super(true);
        }

        static void current(Application application) {
            currentApplication = application;
        }

        @Override
        protected void doStart(String[] arguments) {
            during = readiness.call().getStatus();
        }

        @Override
        protected void doStop() {}

        @Override
        public String getName() {
            return "facade";
        }
    }

    private HealthCheckResponse after(Fetched answer) {
        next = answer;
        directory.poll();
        return readiness.call();
    }

    private static Fetched listing(String entry) {
        return new Fetched.Document("{\"version\":1,\"applications\":[" + entry + "]}", Optional.empty());
    }
}
