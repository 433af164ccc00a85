package io.github.multiclientauth.adopt;

import java.net.URI;
import java.net.URISyntaxException;

/** Reads the URLs of the command line. */
final class Urls {

    private static final int LAST_PORT = 65_535;

    private Urls() {}

    /**
     * An http or https URL with a host, and nothing behind its path.
     *
     * @throws WrongUsageException naming the option and what is wrong
     */
    static URI parse(String option, String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException unusable) {
            throw new WrongUsageException(
                    option + " is no URL: " + unusable.getReason() + " at character " + (unusable.getIndex() + 1),
                    unusable);
        }
        if (!"https".equalsIgnoreCase(url.getScheme()) && !"http".equalsIgnoreCase(url.getScheme())) {
            throw new WrongUsageException(option + " must be an https URL, such as https://sso.example.com");
        }
        if (url.getHost() == null || url.getPort() > LAST_PORT || url.getPort() == 0) {
            throw new WrongUsageException(
                    option + " must be an https URL with a host name and, if needed, a port up to " + LAST_PORT
                            + ", such as https://sso.example.com");
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new WrongUsageException(option + " must be a URL without user name, ? and #");
        }
        return url;
    }
}
