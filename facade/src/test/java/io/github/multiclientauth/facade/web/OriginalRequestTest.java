package io.github.multiclientauth.facade.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.multiclientauth.facade.web.OriginalRequest.UnclearException;
import io.vertx.core.MultiMap;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginalRequestTest {

    private static OriginalRequest read(String... headers) throws UnclearException {
        return OriginalRequest.read(map(headers), "http", "facade:8080", Optional.empty(), "GET");
    }

    private static MultiMap map(String... headers) {
        MultiMap map = MultiMap.caseInsensitiveMultiMap();
        for (String header : headers) {
            String[] parts = header.split(": ?", 2);
            map.add(parts[0], parts[1]);
        }
        return map;
    }

    private static String url(OriginalRequest request) {
        return request.method() + " " + request.origin() + request.target();
    }

    @Test
    void is_as_traefik_and_caddy_name_it() throws Exception {
        OriginalRequest request = read(
                "X-Forwarded-Method: POST",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: app.example.com:8443",
                "X-Forwarded-Uri: /orders?x=1&y=%2F");

        assertThat(url(request)).isEqualTo("POST https://app.example.com:8443/orders?x=1&y=%2F");
        assertThat(request.others()).containsExactly("facade:8080");
        assertThat(request.isGet()).isFalse();
    }

    @Test
    void is_as_nginx_names_it() throws Exception {
        assertThat(url(OriginalRequest.read(
                        map("X-Original-URI: /a?b"), "https", "app.example.com", Optional.empty(), "GET")))
                .isEqualTo("GET https://app.example.com/a?b");
        assertThat(url(read("X-Original-URL: https://app.example.com/a?b", "X-Original-Method: PUT")))
                .isEqualTo("PUT https://app.example.com/a?b");
        assertThat(read("X-Original-URL: https://app.example.com/a", "X-Forwarded-Host: b.example.com")
                        .others())
                .containsExactly("b.example.com", "facade:8080");
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.com, /",
        "https://app.example.com?a=b, /?a=b",
        "HTTPS://APP.example.com:443/a, /a",
        "https://app.example.com\\a, 400",
    })
    void is_at_an_address_without_a_path(String given, String target) throws Exception {
        if (target.equals("400")) {
            assertThatThrownBy(() -> read("X-Original-URL: " + given)).isInstanceOf(UnclearException.class);
        } else {
            OriginalRequest request = read("X-Original-URL: " + given);
            assertThat(request.origin()).hasToString("https://app.example.com");
            assertThat(request.target()).isEqualTo(target);
        }
    }

    @Test
    void is_below_the_prefix_of_envoy() throws Exception {
        OriginalRequest request = OriginalRequest.read(
                map("X-Forwarded-Proto: https"), "http", "app.example.com", Optional.of("/orders/7?x=1"), "DELETE");

        assertThat(url(request)).isEqualTo("DELETE https://app.example.com/orders/7?x=1");
    }

    @ParameterizedTest
    @CsvSource({"ws, http", "wss, https", "http, http", "https, https"})
    void may_open_a_web_socket(String scheme, String used) throws Exception {
        assertThat(read("X-Forwarded-Uri: /", "X-Forwarded-Host: a.test", "X-Forwarded-Proto: " + scheme)
                        .origin())
                .hasToString(used + "://a.test");
    }

    @Test
    void is_in_ascii_whatever_bytes_a_browser_sends() throws Exception {
        assertThat(read("X-Forwarded-Uri: /\u00c3\u00bc|\"<%zz?\u00e9#'").target())
                .isEqualTo("/%C3%BC%7C%22%3C%25zz?%E9#'");
    }

    /** Which of them the proxy has set, nobody can know. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Original-URI: /admin",
                "X-Original-URL: https://b.example.com/",
                "X-Forwarded-Uri: /b",
                "X-Forwarded-Host: b.example.com",
                "X-Forwarded-Proto: http",
                "X-Forwarded-Method: GET",
            })
    void is_named_by_one_header_once(String smuggled) {
        assertThatThrownBy(() -> read(
                        "X-Forwarded-Uri: /a",
                        "X-Forwarded-Host: a.example.com",
                        "X-Forwarded-Proto: https",
                        "X-Forwarded-Method: POST",
                        smuggled))
                .isInstanceOf(UnclearException.class);
        assertThatThrownBy(() -> OriginalRequest.read(map("X-Original-URI: /b"), "http", "a", Optional.of("/a"), "GET"))
                .isInstanceOf(UnclearException.class);
    }

    @Test
    void is_not_named_by_an_empty_header() throws Exception {
        assertThat(read("X-Forwarded-Uri: /a", "X-Original-URI: ", "X-Original-URL: ", "X-Forwarded-Host: ")
                        .origin())
                .hasToString("http://facade:8080");
        assertThatThrownBy(() -> read("X-Forwarded-Uri: ")).isInstanceOf(UnclearException.class);
        assertThatThrownBy(() -> read()).isInstanceOf(UnclearException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Uri: http://evil.test/",
                "X-Forwarded-Uri: evil",
                "X-Forwarded-Uri: *",
                "X-Forwarded-Uri: \\evil.test",
                "X-Original-URI: https://evil.test/",
                "X-Original-URL: /a",
                "X-Original-URL: //a.test/",
                "X-Original-URL: ftp://a.test/",
                "X-Original-URL: https:///a",
                "X-Original-URL: https://ada@a.test/",
                "X-Original-URL: javascript:alert(1)",
            })
    void is_a_path_or_an_address(String header) {
        assertThatThrownBy(() -> read(header)).isInstanceOf(UnclearException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.test, b.test", "a.test b.test", "a.test/", "ada@a.test", "https://a.test", "a.test:x"})
    void is_at_one_host(String host) {
        assertThatThrownBy(() -> read("X-Forwarded-Uri: /", "X-Forwarded-Host: " + host))
                .isInstanceOf(UnclearException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/auth",
                "/api/auth/",
                "/api/auth/verify",
                "/api/auth/verify?x",
                "/api/auth/session",
                "/API/Auth/verify",
                "//api/auth/verify",
                "/api//auth/verify",
                "/api\\auth\\verify",
                "/./api/auth/verify",
                "/x/../api/auth/verify",
                "/x/%2e%2e/api/auth/verify",
                "/api/%61uth/verify",
                "/api/%2561uth/verify",
                "/api%2fauth%2fverify",
                "/api%5Cauth%5Cverify",
                "/api;a=b/auth;c/verify",
                "/%2561%70i/auth/verify",
                "/%25252561",
                "/shop/api/auth/verify",
                "/shop/api/auth/verify/x",
            })
    void is_not_one_for_the_facade(String target) {
        assertThatThrownBy(() -> read("X-Forwarded-Uri: " + target))
                .isInstanceOf(UnclearException.class)
                .hasMessageContaining("/api/auth itself");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/authors",
                "/api/auth/../x",
                "/auth/api",
                "/v1/api/auth/users",
                "/api?/auth/verify",
                "/100%25",
                "/%zz%",
                "/a%20b",
                "/..",
                "//evil.test/",
            })
    void may_be_any_other(String target) throws Exception {
        assertThat(read("X-Forwarded-Uri: " + target).target()).startsWith("/");
    }
}
