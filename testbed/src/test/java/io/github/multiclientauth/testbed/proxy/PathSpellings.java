package io.github.multiclientauth.testbed.proxy;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths of an application whose start page and {@code /public} are open, as browsers and attackers may write them. */
public final class PathSpellings {

    /** Open pages, with and without a query. */
    public static final List<String> OPEN = List.of(
            "/",
            "/?page=/reports",
            "/public",
            "/public/",
            "/public/style.css",
            "/public/fonts/v1.2/a-b_c~d.min.woff2?v=1",
            "/public/?next=/../reports");

    /** What somebody who is signed in may want to see. Proxies must neither refuse nor change it. */
    public static final List<String> PROTECTED = List.of(
            "/reports",
            "/reports/2026?a=%2F1&b=c%26d&e=%C3%A9",
            "/index.html",
            "/REPORTS/1",
            "/reports/%C3%BCber%20uns",
            "/reports/a(1),b;c=d",
            "/public/%C3%BC.png",
            "/publications");

    /**
     * Spellings that some server takes for {@code /reports}, or for a page that nobody has listed as open. Servers remove
     * parameters of segments, decode slashes, dots and null bytes, decode twice, accept overlong UTF-8, or ignore the case.
     */
    public static final List<String> ATTACKS = List.of(
            "/reports",
            "/reports/",
            "/reports?x=/public/",
            "/REPORTS",
            "/Reports/1",
            "/reports;x",
            "/reports;x=1/1",
            "/;/reports",
            "/;x=1/reports",
            "//reports",
            "///reports/1",
            "//host/reports",
            "/./reports",
            "/.;/reports",
            "/../reports",
            "/..;/reports",
            "/x/../reports",
            "/x/..;/reports",
            "/%72eports",
            "/%2572eports",
            "/%u0072eports",
            "/%2freports",
            "/%5creports",
            "/\\reports",
            "/%2e/reports",
            "/%2e%2e/reports",
            "/reports%2f..",
            "/reports%2f..%2fpublic%2fa",
            "/reports/..%2fpublic%2fa",
            "/reports/..;/public/a",
            "/reports%00",
            "/reports%00/public/a",
            "/reports%00.css",
            "/reports%20",
            "/reports%0a",
            "/reports%0d%0a",
            "/reports%3f",
            "/reports%23",
            "/reports#/public/a",
            "/reports.",
            "/reports.json",
            "/reports\u00ff",
            "/r\u00e9ports",
            "/%",
            "/%zz/reports",
            "/#/../reports",
            "/%23/../reports",
            "/%3f/../reports",
            "/public/../reports",
            "/public/..;/reports",
            "/public/..;x=1/reports",
            "/public/.;/../reports",
            "/public/;/../reports",
            "/public;/../reports",
            "/public;x=1/..;/reports",
            "/public/%2e%2e/reports",
            "/public/.%2e/reports",
            "/public/%2E%2E;/reports",
            "/public/%2e%2e%3b/reports",
            "/public/..%3b/reports",
            "/public/..%2freports",
            "/public/..%2Freports",
            "/public%2f..%2freports",
            "/public%2F%2e%2e%2Freports",
            "/public/x/..%2f..%2freports",
            "/public/..%5creports",
            "/public/..\\reports",
            "/public\\..\\reports",
            "/public/%252e%252e/reports",
            "/public/..%252freports",
            "/public/%25252e%25252e/reports",
            "/public/%c0%ae%c0%ae/reports",
            "/public/..%c0%afreports",
            "/public/%e0%80%ae%e0%80%ae/reports",
            "/public/%u002e%u002e/reports",
            "/public/%uff0e%uff0e/reports",
            "/public/\u00c0\u00ae\u00c0\u00ae/reports",
            "/public/%ef%bc%8e%ef%bc%8e/reports",
            "/public/..%00/reports",
            "/public/.%00./reports",
            "/public/..%20/reports",
            "/public/..%09/reports",
            "/public/..%0d/reports",
            "/public/../reports/../public/../reports",
            "/public//../reports",
            "/public//..;/reports",
            "/public/./../reports",
            "/public/x/../../reports",
            "/public/x/..;/..;/reports",
            "/public/#/../reports",
            "/public/%23/../reports",
            "/public/%3f/../reports",
            "/public/.../reports",
            "/public/.hidden",
            "/public../reports",
            "/public.",
            "/public%00",
            "/publicreports",
            "/PUBLIC/..;/reports",
            "/Public/a",
            "/public/a;b",
            "/public/%",
            "/index.html",
            "/api",
            "/api;/x",
            "/api/..;/reports",
            "/api/../reports",
            "/api/%2e%2e/reports",
            "/api/..%2freports",
            "/API/1",
            "/api%2f1",
            "//api/1",
            "/api/auth",
            "/api/auth/../../reports",
            "/api/auth/..;/..;/reports",
            "/api/auth/%2e%2e/%2e%2e/reports",
            "/api/auth/..%2f..%2freports",
            "/api/auth%2f..%2f..%2freports",
            "/api/auth/../1",
            "/api/auth/..;/1",
            "/api/auth/..%2f1",
            "/api//auth/../1",
            "/API/AUTH/../1");

    private PathSpellings() {}

    /** A path as servers see it that decode it once. Wrong escapes stay. */
    static String decoded(String path) {
        return Pattern.compile("%(\\p{XDigit}{2})")
                .matcher(path)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
    }
}
