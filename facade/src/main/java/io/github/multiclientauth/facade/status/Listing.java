package io.github.multiclientauth.facade.status;

import io.github.multiclientauth.facade.client.Application;
import io.github.multiclientauth.facade.client.Provider;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A page of the list of applications.
 *
 * @param total all applications that the directory lists and the facade can serve
 * @param disabled those whose client is disabled
 * @param matching those that the search finds
 * @param text of the search
 * @param page beginning with 1
 * @param pages at least 1
 */
public record Listing(int total, int disabled, int matching, String text, int page, int pages, List<Row> rows) {

    /** On one page. */
    static final int SIZE = 50;

    /**
     * An application.
     *
     * @param previews the patterns of its preview origins
     * @param accessTokens whether its servers or its proxies may get access tokens
     */
    public record Row(
            String clientId,
            String name,
            boolean enabled,
            List<String> origins,
            List<String> previews,
            List<Provider> providers,
            boolean accessTokens) {

        static Row of(Application application) {
            return new Row(
                    application.clientId().value(),
                    application.name(),
                    application.enabled(),
                    application.origins().stream()
                            .map(Object::toString)
                            .sorted()
                            .toList(),
                    application.previews().stream()
                            .flatMap(previews -> previews.patterns().stream())
                            .map(Object::toString)
                            .sorted()
                            .toList(),
                    application.providers(),
                    application.apiAccess().servers() || application.apiAccess().proxies());
        }

        /** Whether the application has a name of its own. */
        public boolean isNamed() {
            return !name.equals(clientId);
        }
    }

    static Listing of(Collection<Application> applications, Search search) {
        List<Application> found = applications.stream()
                .filter(search::finds)
                .sorted(Comparator.comparing(
                        application -> application.clientId().value()))
                .toList();
        int pages = Math.max(1, (found.size() + SIZE - 1) / SIZE);
        int page = Math.min(search.page(), pages);
        return new Listing(
                applications.size(),
                (int) applications.stream()
                        .filter(application -> !application.enabled())
                        .count(),
                found.size(),
                search.text(),
                page,
                pages,
                found.stream().skip((page - 1L) * SIZE).limit(SIZE).map(Row::of).toList());
    }

    /** Whether some applications are left out by the search. */
    public boolean isSearched() {
        return !text.isEmpty();
    }

    /** The number of the first row of this page among those that match; 0 if there is none. */
    public int first() {
        return rows.isEmpty() ? 0 : (page - 1) * SIZE + 1;
    }

    /** The number of the last row of this page among those that match. */
    public int last() {
        return (page - 1) * SIZE + rows.size();
    }

    public boolean hasPrevious() {
        return page > 1;
    }

    public boolean hasNext() {
        return page < pages;
    }

    public int previous() {
        return page - 1;
    }

    public int next() {
        return page + 1;
    }
}
