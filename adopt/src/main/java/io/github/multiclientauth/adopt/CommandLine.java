package io.github.multiclientauth.adopt;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The parsed command line. Secrets are never arguments, because every user of the machine can read those. */
record CommandLine(
        Command command,
        URI server,
        String realm,
        Account account,
        List<String> clients,
        Set<Extra> extras,
        Path state,
        Optional<Secret> facadeSecret,
        Optional<FacadeAddress> facade,
        Trust trust,
        boolean dryRun) {

    static final String SECRET_VARIABLE = "MCA_ADOPT_SECRET";

    private static final String DRY_RUN = "--dry-run";

    static final String USAGE = """
            Prepares a realm of Keycloak for Multi-Client Auth. What it makes: docs/tutorials/adopt-a-realm.md

            java -jar multi-client-auth-adopt.jar COMMAND --server URL --realm NAME (--client ID | --admin NAME)

              plan       says what apply would do, and changes nothing
              apply      does it; what was there before is written to the state file first
              refresh    copies flows anew that have been changed since they were copied, and touches nothing else
              undo       says what goes, and takes back what the state file says was made

              --server URL          Keycloak, such as https://sso.example.com; https, unless it is this machine
              --realm NAME          the realm to prepare
              --client ID           a client with service account, or
              --admin NAME          an administrator, who changes the realm
              --secret-file FILE    its secret or password; without it, the variable MCA_ADOPT_SECRET
              --login-realm NAME    the realm of that account; "master" unless given
              --clients A,B         clients that become applications
              --with A,B            first-sign-in: accounts are made only by providers that the application may use
                                    picture: the user attribute "picture" is allowed
                                    facade-key: these clients expect a signed JWT of the facade's key, and no secret
              --facade URL          where Keycloak reaches the facade, to read the public part of its key;
                                    the origin of the first of --clients unless given
              --facade-secret-file FILE
                                    with apply: the secret that the facade has already, instead of its key
              --trusted-certificates FILE
                                    PEM: authorities that are trusted in addition to Java's, if Keycloak's is your own
              --state FILE          the state file; multi-client-auth-<realm>.json unless given
              --dry-run             with refresh and undo: only says it, and changes nothing
              --help                this text
            """;

    enum Command {
        PLAN,
        APPLY,
        REFRESH,
        UNDO
    }

    /** A change that is made only on request, because other applications can notice it. */
    enum Extra {
        FIRST_SIGN_IN,
        PICTURE,
        FACADE_KEY;

        /** The name on the command line. */
        String option() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<Extra> of(String name) {
            return Stream.of(values())
                    .filter(each -> each.option().equals(name))
                    .findFirst();
        }
    }

    /** Whether these arguments only ask what the command can do. */
    static boolean asksForHelp(List<String> arguments) {
        return arguments.contains("--help")
                || arguments.contains("-h")
                || !arguments.isEmpty() && arguments.get(0).equals("help");
    }

    /** @throws WrongUsageException with a message for the administrator */
    static CommandLine parse(List<String> arguments, Map<String, String> environment) {
        if (arguments.isEmpty()) {
            throw new WrongUsageException("Nothing to do");
        }
        Command command = Stream.of(Command.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(arguments.get(0)))
                .findFirst()
                .orElseThrow(() -> new WrongUsageException("There is no command " + arguments.get(0)));
        List<String> rest = new ArrayList<>(arguments.subList(1, arguments.size()));
        boolean dryRun = dryRun(command, rest);
        Map<String, String> options = options(rest);
        String realm = required(options, "--realm");
        CommandLine parsed = new CommandLine(
                command,
                server(required(options, "--server")),
                realm,
                account(options, environment),
                list(options.remove("--clients")),
                extras(options.remove("--with")),
                file(
                        "--state",
                        Optional.ofNullable(options.remove("--state")).orElse("multi-client-auth-" + realm + ".json")),
                facadeSecret(command, options.remove("--facade-secret-file")),
                facade(options.remove("--facade")),
                trust(options.remove("--trusted-certificates")),
                dryRun);
        options.keySet().stream().findFirst().ifPresent(unknown -> {
            throw new WrongUsageException("There is no option " + unknown);
        });
        return parsed;
    }

    private static boolean dryRun(Command command, List<String> arguments) {
        boolean given = arguments.remove(DRY_RUN);
        if (given && command != Command.REFRESH && command != Command.UNDO) {
            throw new WrongUsageException(DRY_RUN + " goes with refresh and undo; plan is that of apply");
        }
        return given;
    }

    private static Map<String, String> options(List<String> arguments) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            if (i + 1 == arguments.size()) {
                throw new WrongUsageException(name + " has no value");
            }
            if (options.put(name, arguments.get(i + 1)) != null) {
                throw new WrongUsageException(name + " stands twice");
            }
        }
        return options;
    }

    private static URI server(String text) {
        URI server = Urls.parse("--server", text.endsWith("/") ? text : text + "/");
        boolean here = Set.of("localhost", "127.0.0.1", "[::1]").contains(server.getHost());
        if (!here && !"https".equalsIgnoreCase(server.getScheme())) {
            throw new WrongUsageException("--server must be an https URL: a secret is sent there");
        }
        if (server.getPath().contains("/realms/") || server.getPath().contains("/admin/")) {
            throw new WrongUsageException(
                    "--server is the address of Keycloak alone, without /realms/… or /admin/…; --realm names the realm");
        }
        return server;
    }

    private static Optional<FacadeAddress> facade(String text) {
        return Optional.ofNullable(text).map(given -> new FacadeAddress(Urls.parse("--facade", given)));
    }

    private static Trust trust(String file) {
        if (file == null) {
            return Trust.OF_JAVA;
        }
        try {
            return Trust.alsoIn(file("--trusted-certificates", file));
        } catch (IOException | GeneralSecurityException unusable) {
            throw new WrongUsageException(
                    "The file of --trusted-certificates cannot be read, or has no PEM certificate: " + file, unusable);
        }
    }

    private static Path file(String option, String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException unusable) {
            throw new WrongUsageException(option + " is no name of a file", unusable);
        }
    }

    private static Account account(Map<String, String> options, Map<String, String> environment) {
        String client = options.remove("--client");
        String administrator = options.remove("--admin");
        if ((client == null) == (administrator == null)) {
            throw new WrongUsageException("Give either --client or --admin");
        }
        return new Account(
                client == null ? Account.Kind.ADMINISTRATOR : Account.Kind.CLIENT,
                client == null ? administrator : client,
                secret(options.remove("--secret-file"), environment),
                Optional.ofNullable(options.remove("--login-realm")).orElse("master"));
    }

    private static Secret secret(String file, Map<String, String> environment) {
        try {
            return new Secret(
                    file == null
                            ? environment.getOrDefault(SECRET_VARIABLE, "")
                            : Files.readString(file("--secret-file", file)).strip());
        } catch (IOException unreadable) {
            throw new WrongUsageException("The file of --secret-file cannot be read: " + file, unreadable);
        } catch (IllegalArgumentException empty) {
            throw new WrongUsageException("No secret: set " + SECRET_VARIABLE + ", or give --secret-file", empty);
        }
    }

    private static Optional<Secret> facadeSecret(Command command, String file) {
        if (file == null) {
            return Optional.empty();
        }
        if (command != Command.PLAN && command != Command.APPLY) {
            throw new WrongUsageException("--facade-secret-file goes with apply");
        }
        try {
            return Optional.of(new Secret(
                    Files.readString(file("--facade-secret-file", file)).strip()));
        } catch (IOException | IllegalArgumentException unusable) {
            throw new WrongUsageException(
                    "The file of --facade-secret-file cannot be read, or is empty: " + file, unusable);
        }
    }

    private static Set<Extra> extras(String names) {
        Set<Extra> extras = EnumSet.noneOf(Extra.class);
        for (String name : list(names)) {
            extras.add(Extra.of(name).orElseThrow(() -> new WrongUsageException("--with knows no " + name)));
        }
        return extras;
    }

    private static List<String> list(String text) {
        List<String> parts = new ArrayList<>();
        if (text != null) {
            Stream.of(text.split(","))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .distinct()
                    .forEach(parts::add);
        }
        return List.copyOf(parts);
    }

    private static String required(Map<String, String> options, String name) {
        String value = options.remove(name);
        if (value == null || value.isBlank()) {
            throw new WrongUsageException(name + " is missing");
        }
        return value;
    }
}
