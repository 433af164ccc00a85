package io.github.multiclientauth.facade.config;

import io.github.multiclientauth.facade.doctor.DoctorOptions;
import io.github.multiclientauth.facade.doctor.Report;
import io.quarkus.runtime.QuarkusApplication;
import java.util.Arrays;

/** The command {@code doctor}. It uses the facade's settings, and opens no ports. */
public final class DoctorCommand implements QuarkusApplication {

    private final Checks checks;

    DoctorCommand(Checks checks) {
        this.checks = checks;
    }

    /** @return 1 if there is an error, otherwise 0 */
    @Override
    public int run(String... arguments) {
        DoctorOptions options =
                DoctorOptions.of(Arrays.asList(arguments)).orElseThrow(() -> new IllegalArgumentException("doctor"));
        Report report = new Report(checks.all().findings(), options);
        System.out.print(options.json() ? report.json() : report.text());
        return report.status();
    }
}
