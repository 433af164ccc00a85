package io.github.multiclientauth.testbed.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** A server's answer to one request. */
public record Answer(URI address, int status, HttpHeaders headers, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The absolute target of a redirect. Empty if this is none. */
    public Optional<URI> location() {
        return status / 100 == 3 ? headers.firstValue("Location").map(address::resolve) : Optional.empty();
    }

    public String contentType() {
        return headers.firstValue("Content-Type").orElse("");
    }

    public List<String> setCookies() {
        return headers.allValues("Set-Cookie");
    }

    public Document document() {
        return Jsoup.parse(body, address.toString());
    }

    /** @throws ProofFailedException if the body is no JSON */
    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException noJson) {
            throw new ProofFailedException("JSON was expected, but this came: " + summary());
        }
    }

    /** The status, the address without its query (which may contain a code), and the title of the page. */
    public String summary() {
        String title = document().title();
        return status + " from " + address.getScheme() + "://" + address.getAuthority() + address.getPath()
                + (title.isEmpty() ? "" : ", page \"" + title + "\"");
    }

    /** Keeps codes, cookies and tokens out of messages. */
    @Override
    public String toString() {
        return summary();
    }
}
