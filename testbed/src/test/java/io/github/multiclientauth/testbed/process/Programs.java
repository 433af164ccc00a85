package io.github.multiclientauth.testbed.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Small programs that tests run as processes of their own. */
final class Programs {

    private Programs() {}

    /** The command that runs one of them, with the class path of this test run. */
    static List<String> java(Class<?> program, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>(List.of(JavaChild.java().toString()));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Prints that it runs, and waits until it is ended. */
    static final class Idle {
        public static void main(String[] arguments) throws InterruptedException {
            System.out.println("idle");
            Thread.currentThread().join();
        }
    }

    /** Like {@link Idle}, but ignores SIGTERM. */
    static final class Stubborn {
        public static void main(String[] arguments) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(Stubborn::refuse));
            System.out.println("idle");
            Thread.currentThread().join();
        }

        private static void refuse() {
            try {
                Thread.currentThread().join();
            } catch (InterruptedException neverComes) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Like {@link Idle}, and prints a message after an orderly end, which takes a moment. */
    static final class Orderly {
        public static void main(String[] arguments) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(Orderly::end));
            System.out.println("idle");
            Thread.currentThread().join();
        }

        private static void end() {
            try {
                Thread.sleep(500);
                System.out.println("ended in order");
            } catch (InterruptedException neverComes) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Prints its environment and ends with status 3. */
    static final class Environment {
        public static void main(String[] arguments) {
            System.getenv().forEach((name, value) -> System.out.println(name + "=" + value));
            System.exit(3);
        }
    }

    /** A launcher: starts {@link Stubborn} on a lifeline, prints its process id, and stays. */
    static final class Launcher {
        public static void main(String[] arguments) throws Exception {
            Path directory = Path.of(arguments[0]);
            JavaChild child = JavaChild.start(
                    "child",
                    java(Stubborn.class, List.of(JavaChild.lifelineOption(directory))),
                    Map.of(),
                    directory.resolve("child.log"));
            System.out.println(child.pid());
            Thread.currentThread().join();
        }
    }
}
