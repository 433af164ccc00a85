package io.github.multiclientauth.testbed.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The results in Failsafe's reports of one folder. Only the last run of each test class counts, so a run that repeats only failed classes
 * completes the previous one.
 */
final class SuiteResults {

    private static final String PREFIX = "TEST-";
    private static final String SUFFIX = ".xml";

    private final Map<String, ClassResult> byClass;

    /**
     * The results of one test class and its nested classes.
     *
     * @param passed the names of the tests that passed. A parameterized one is there once for each case
     * @param skipped the reasons of the tests that did not run
     * @param failed the names of the tests that failed
     */
    record ClassResult(List<String> passed, List<String> skipped, List<String> failed) {

        private ClassResult and(ClassResult other) {
            return new ClassResult(
                    joined(passed, other.passed), joined(skipped, other.skipped), joined(failed, other.failed));
        }

        private int tests() {
            return passed.size() + skipped.size() + failed.size();
        }

        private static List<String> joined(List<String> some, List<String> others) {
            return Stream.concat(some.stream(), others.stream()).toList();
        }
    }

    private SuiteResults(Map<String, ClassResult> byClass) {
        this.byClass = byClass;
    }

    /** @param folders of Failsafe or Surefire; one that does not exist has no results */
    static SuiteResults in(Path... folders) throws IOException {
        Map<String, ClassResult> byClass = new TreeMap<>();
        for (Path reports : folders) {
            if (Files.isDirectory(reports)) {
                try (Stream<Path> files = Files.list(reports)) {
                    for (Path file : files.filter(SuiteResults::isReport).toList()) {
                        byClass.merge(className(file), read(file), ClassResult::and);
                    }
                }
            }
        }
        return new SuiteResults(byClass);
    }

    private static boolean isReport(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
    }

    private static String className(Path report) {
        String name = report.getFileName().toString();
        String tested = name.substring(PREFIX.length(), name.length() - SUFFIX.length());
        return tested.split("\\$", 2)[0];
    }

    private static ClassResult read(Path report) throws IOException {
        NodeList cases = suite(report).getElementsByTagName("testcase");
        List<String> passed = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (int i = 0; i < cases.getLength(); i++) {
            Element test = (Element) cases.item(i);
            if (child(test, "failure").isPresent() || child(test, "error").isPresent()) {
                failed.add(test.getAttribute("name"));
            } else if (child(test, "skipped").isPresent()) {
                child(test, "skipped").ifPresent(why -> skipped.add(why.getAttribute("message")));
            } else {
                passed.add(test.getAttribute("name"));
            }
        }
        return new ClassResult(List.copyOf(passed), List.copyOf(skipped), List.copyOf(failed));
    }

    private static Optional<Element> child(Element parent, String name) {
        return Optional.ofNullable((Element) parent.getElementsByTagName(name).item(0));
    }

    private static Element suite(Path report) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return factory.newDocumentBuilder().parse(report.toFile()).getDocumentElement();
        } catch (ParserConfigurationException | SAXException cutOff) {
            throw new IOException(report + " is no report of Failsafe", cutOff);
        }
    }

    /** Those of {@code classes} that have not run or did not pass. */
    List<String> missing(List<String> classes) {
        return classes.stream()
                .filter(c -> !byClass.containsKey(c) || !byClass.get(c).failed().isEmpty())
                .toList();
    }

    /** Those of {@code classes} that have not run at all. */
    List<String> absent(List<String> classes) {
        return classes.stream().filter(c -> !byClass.containsKey(c)).toList();
    }

    /**
     * How many cases of a test have passed; zero if one has failed.
     *
     * @param className without its package
     * @param method of it or of a nested class
     */
    long passed(String className, String method) {
        List<ClassResult> results = byClass.entrySet().stream()
                .filter(c -> simple(c.getKey()).equals(className))
                .map(Map.Entry::getValue)
                .toList();
        return results.stream().flatMap(c -> c.failed().stream()).anyMatch(test -> isCaseOf(method, test))
                ? 0
                : results.stream()
                        .flatMap(c -> c.passed().stream())
                        .filter(test -> isCaseOf(method, test))
                        .count();
    }

    /** A case of a parameterized test is called {@code method(String)[1]}. */
    private static boolean isCaseOf(String method, String test) {
        return test.equals(method) || test.startsWith(method + "(") || test.startsWith(method + "[");
    }

    int classes() {
        return byClass.size();
    }

    int tests() {
        return byClass.values().stream().mapToInt(ClassResult::tests).sum();
    }

    List<String> failed() {
        return byClass.entrySet().stream()
                .flatMap(c -> c.getValue().failed().stream().map(test -> simple(c.getKey()) + '.' + test))
                .toList();
    }

    /** The number of skipped tests, by reason. */
    Map<String, Integer> skipped() {
        Map<String, Integer> reasons = new TreeMap<>();
        byClass.values().forEach(c -> c.skipped().forEach(why -> reasons.merge(why, 1, Integer::sum)));
        return reasons;
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
